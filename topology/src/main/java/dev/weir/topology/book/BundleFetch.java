package dev.weir.topology.book;

import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.bundle.BundleParts;
import dev.weir.schemas.bundle.PartKey;
import dev.weir.topology.log.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the parts of one bundle at a time from the bundle topic. There is a consumer only while a
 * bundle is wanted; another one begins at the topic's beginning. For one thread.
 */
final class BundleFetch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFetch.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /* One call reads for so long at most: its caller has other topics to follow. */
  private static final long TURN_NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private Optional<Gathering> gathering = Optional.empty();

  BundleFetch(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    this.consumers = consumers;
    this.topic = topic;
  }

  /** One bundle's parts as they come. */
  private static final class Gathering {
    private final Fingerprint bundle;
    private final Consumer<byte[], byte[]> consumer;
    private final BundleParts parts;
    private boolean isAssigned;
    private Optional<BundleUnavailable> rejected = Optional.empty();

    Gathering(Fingerprint bundle, Consumer<byte[], byte[]> consumer) {
      this.bundle = bundle;
      this.consumer = consumer;
      this.parts = new BundleParts(bundle);
    }
  }

  /**
   * Reads on; the bundle's files once all parts have come. Their manifest has the fingerprint; that
   * the other files are what it says is for the reader of the bundle to check.
   *
   * @throws BundleUnavailable if the parts are wrong, until one comes that changes that, or the topic
   *     cannot be read
   */
  Optional<SortedMap<String, byte[]>> read(Fingerprint bundle) {
    try {
      Gathering now = gathering(bundle);
      if (poll(now)) {
        now.rejected = Optional.empty();
      }
      if (now.rejected.isPresent()) {
        throw now.rejected.get();
      }
      return now.parts.files();
    } catch (IllegalArgumentException e) {
      throw reject(bundle, e);
    } catch (KafkaException e) {
      close();
      throw new BundleUnavailable(
          "is not here, and " + topic + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Refuses what {@link #read} gave: it is wrong until another part comes. */
  BundleUnavailable reject(Fingerprint bundle, IllegalArgumentException why) {
    LOG.warn(
        "{}",
        LogLine.event("bundle_rejected")
            .with("bundle", bundle)
            .with("topic", topic)
            .with("reason", String.valueOf(why.getMessage())));
    BundleUnavailable rejection =
        new BundleUnavailable("came over " + topic + " and is rejected: " + why.getMessage(), why);
    gathering(bundle).rejected = Optional.of(rejection);
    return rejection;
  }

  private Gathering gathering(Fingerprint bundle) {
    Optional<Gathering> same = gathering.filter(now -> now.bundle.equals(bundle));
    if (same.isPresent()) {
      return same.get();
    }
    close();
    Gathering fresh = new Gathering(bundle, consumers.get());
    gathering = Optional.of(fresh);
    return fresh;
  }

  private boolean poll(Gathering now) {
    if (!now.isAssigned) {
      List<TopicPartition> partitions = now.consumer.partitionsFor(topic, ANSWER_LIMIT).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .toList();
      now.consumer.assign(partitions);
      now.consumer.seekToBeginning(partitions);
      now.isAssigned = !partitions.isEmpty();
    }
    boolean isNews = false;
    long start = System.nanoTime();
    ConsumerRecords<byte[], byte[]> records;
    do {
      records = now.isAssigned ? now.consumer.poll(POLL) : ConsumerRecords.empty();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        byte[] value = record.value();
        isNews |= value != null
            && PartKey.parse(record.key())
                .filter(key -> now.parts.add(key, value))
                .isPresent();
      }
    } while (!records.isEmpty() && System.nanoTime() - start < TURN_NANOS);
    return isNews;
  }

  /** Gives up what was gathered. */
  @Override
  public void close() {
    gathering.ifPresent(now ->
        now.consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_LIMIT)));
    gathering = Optional.empty();
  }
}
