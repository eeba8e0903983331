package dev.weir.topology.collect;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The source offsets of the records in open batches, by partition: what a ledger counts as neither
 * decided nor lost. They are the live keys of the record store's changelog.
 */
public final class OpenRecords {
  private static final Duration POLL = Duration.ofMillis(200);

  private OpenRecords() {}

  /**
   * Reads the changelog to the end that it has now, committed transactions only.
   *
   * @param kafka client settings: addresses, security
   * @param changelog see {@link CollectStores#recordsChangelog}
   * @param limit how long it may take
   * @return offsets by partition; a partition without open records is there and empty
   * @throws IllegalStateException if the end is not reached in time
   */
  public static Map<Integer, NavigableSet<Long>> read(
      Map<String, Object> kafka, String changelog, Duration limit) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    Map<TopicPartition, Long> written = written(settings, changelog, limit);
    try (Consumer<byte[], byte[]> consumer = consumer(settings)) {
      return read(consumer, written, changelog, limit);
    }
  }

  /* The ends that open transactions have already reached: read_committed alone would stop before. */
  private static Map<TopicPartition, Long> written(
      Map<String, Object> kafka, String changelog, Duration limit) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (Consumer<byte[], byte[]> consumer = consumer(settings)) {
      List<TopicPartition> partitions = consumer.partitionsFor(changelog, limit).stream()
          .map(info -> new TopicPartition(changelog, info.partition()))
          .toList();
      // Kafka warns of answers about partitions that are not assigned.
      consumer.assign(partitions);
      return consumer.endOffsets(partitions, limit);
    }
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<Integer, NavigableSet<Long>> read(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      String changelog,
      Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<TopicPartition> partitions = consumer.partitionsFor(changelog, limit).stream()
        .map(info -> new TopicPartition(changelog, info.partition()))
        .toList();
    Map<Integer, NavigableSet<Long>> open = new TreeMap<>();
    partitions.forEach(partition -> open.put(partition.partition(), new TreeSet<>()));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the end of " + changelog + " was not reached within "
            + limit.toSeconds() + " s; try again with more time");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        follow(open.computeIfAbsent(record.partition(), p -> new TreeSet<>()), record);
      }
    }
    return open;
  }

  private static void follow(NavigableSet<Long> open, ConsumerRecord<byte[], byte[]> record) {
    long offset = ReceivedFormat.offset(record.key());
    if (record.value() == null) {
      open.remove(offset);
    } else {
      open.add(offset);
    }
  }
}
