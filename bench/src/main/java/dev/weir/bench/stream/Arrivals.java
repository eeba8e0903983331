package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A reader of committed decisions from now on, which notes how old each is when it is seen. */
final class Arrivals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Consumer<byte[], byte[]> reader;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor;
  private final ConcurrentLinkedQueue<Integer> agesMs = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "arrivals");

  /** @param visitor shown each decision, in the reader's thread */
  private Arrivals(
      Consumer<byte[], byte[]> reader,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    this.reader = reader;
    this.visitor = visitor;
  }

  static Arrivals of(
      Cluster cluster,
      TopicNames topics,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    Consumer<byte[], byte[]> reader = cluster.reader();
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : List.of(topics.autoAccept(), topics.priorityAudit())) {
      for (int partition = 0; partition < Application.PARTITIONS; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
    }
    reader.assign(all);
    reader.seekToEnd(all);
    all.forEach(reader::position);
    Arrivals arrivals = new Arrivals(reader, visitor);
    arrivals.thread.setDaemon(true);
    arrivals.thread.start();
    return arrivals;
  }

  private void run() {
    try (reader) {
      while (!isEnding.get()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          agesMs.add((int) (System.currentTimeMillis() - record.timestamp()));
          visitor.accept(record);
        }
      }
    }
  }

  /** The ages of so many decisions, waited for, in the order seen. */
  int[] await(long count) {
    Waiting.until(LIMIT, count + " decisions", () -> agesMs.size() >= count);
    return agesMs.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void close() {
    isEnding.set(true);
    Waiting.until(LIMIT, "the reader's end", () -> !thread.isAlive());
  }
}
