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
 * decided nor lost. They are the live keys of the record store's changelog, which is read once,
 * however often it is asked. For one thread.
 */
public final class OpenRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> committed;
  private final Consumer<byte[], byte[]> written;
  private final String changelog;
  private final Duration limit;
  private final List<TopicPartition> partitions;
  private final Map<Integer, NavigableSet<Long>> open = new TreeMap<>();

  /**
   * Begins to read.
   *
   * @param kafka client settings: addresses, security
   * @param changelog see {@link CollectStores#recordsChangelog}
   * @param limit how long an answer may take
   */
  public OpenRecords(Map<String, Object> kafka, String changelog, Duration limit) {
    this.committed = consumer(kafka, "read_committed");
    this.written = consumer(kafka, "read_uncommitted");
    this.changelog = changelog;
    this.limit = limit;
    try {
      this.partitions = committed.partitionsFor(changelog, limit).stream()
          .map(info -> new TopicPartition(changelog, info.partition()))
          .toList();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    partitions.forEach(partition -> open.put(partition.partition(), new TreeSet<>()));
    committed.assign(partitions);
    committed.seekToBeginning(partitions);
    // Kafka warns of answers about partitions that are not assigned.
    written.assign(partitions);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka, String isolation) {
    Map<String, Object> settings = new HashMap<>();
    // Who has read all waits for the fetch under way before it closes; the default is half a
    // second.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    settings.putAll(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What is open now, for who asks once; see {@link #now}. */
  public static Map<Integer, NavigableSet<Long>> read(
      Map<String, Object> kafka, String changelog, Duration limit) {
    try (OpenRecords records = new OpenRecords(kafka, changelog, limit)) {
      return records.now();
    }
  }

  /**
   * What is open once the transactions that are open now have ended: reads on, committed transactions
   * only, to the end that the changelog has now.
   *
   * @return offsets by partition; a partition without open records is there and empty
   * @throws IllegalStateException if the end is not reached in time
   */
  public Map<Integer, NavigableSet<Long>> now() {
    long deadline = System.nanoTime() + limit.toNanos();
    // read_committed alone would stop before the transactions that are open.
    Map<TopicPartition, Long> ends = written.endOffsets(partitions, limit);
    while (partitions.stream().anyMatch(p -> committed.position(p) < ends.getOrDefault(p, 0L))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the end of " + changelog + " was not reached within "
            + limit.toSeconds() + " s; try again with more time");
      }
      for (ConsumerRecord<byte[], byte[]> record : committed.poll(POLL)) {
        follow(open.computeIfAbsent(record.partition(), p -> new TreeSet<>()), record);
      }
    }
    Map<Integer, NavigableSet<Long>> now = new TreeMap<>();
    open.forEach((partition, offsets) -> now.put(partition, new TreeSet<>(offsets)));
    return now;
  }

  @Override
  public void close() {
    committed.close();
    written.close();
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
