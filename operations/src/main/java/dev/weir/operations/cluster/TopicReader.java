package dev.weir.operations.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Reads whole topics: every committed record of a span that was fixed beforehand. */
public final class TopicReader {
  /* Longer than Kafka Streams leaves a transaction open (10 s) and than a broker's restart. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;

  public TopicReader(Cluster cluster) {
    this.cluster = cluster;
  }

  /** What a topic's end is while transactions are open. */
  public enum End {
    /** Before the first open transaction: all of it can be read at once. */
    COMMITTED,
    /** After everything written: reading waits until the open transactions have ended. */
    WRITTEN
  }

  /**
   * The spans of topics as they are now, in the order of topic and partition.
   *
   * @throws IllegalStateException if a topic does not exist
   */
  public Map<TopicPartition, Span> spans(Collection<String> topics, End end) {
    try (Admin admin = cluster.admin()) {
      Map<TopicPartition, OffsetSpec> first = new HashMap<>();
      Map<TopicPartition, OffsetSpec> last = new HashMap<>();
      Cluster.await(admin.describeTopics(topics).allTopicNames(), "describing " + topics)
          .forEach((topic, description) -> description.partitions().forEach(partition -> {
            first.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            last.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
          }));
      Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, first, End.WRITTEN);
      Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, last, end);
      Map<TopicPartition, Span> spans = new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
      begins.forEach((partition, begin) -> {
        ListOffsetsResultInfo afterLast = Objects.requireNonNull(ends.get(partition));
        spans.put(partition, new Span(begin.offset(), afterLast.offset()));
      });
      return spans;
    }
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Map<TopicPartition, OffsetSpec> specs, End end) {
    IsolationLevel level =
        end == End.COMMITTED ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    return Cluster.await(
        admin.listOffsets(specs, new ListOffsetsOptions(level)).all(), "listing offsets");
  }

  /** Where partitions end, open transactions included; not waited for. */
  public static CompletableFuture<Map<TopicPartition, Long>> writtenEnds(
      Admin admin, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(ends -> {
          Map<TopicPartition, Long> offsets = new HashMap<>();
          ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
          return offsets;
        });
  }

  /**
   * Shows every committed record of the spans to a visitor, in the order of its partition.
   *
   * @throws IllegalStateException if nothing comes for a minute
   */
  public void read(
      Map<TopicPartition, Span> spans,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    Set<TopicPartition> unfinished = new HashSet<>();
    spans.forEach((partition, span) -> {
      if (!span.isEmpty()) {
        unfinished.add(partition);
      }
    });
    try (Consumer<byte[], byte[]> reader = cluster.reader()) {
      reader.assign(unfinished);
      unfinished.forEach(
          partition -> reader.seek(partition, span(spans, partition).begin()));
      long progress = System.nanoTime();
      while (!unfinished.isEmpty()) {
        var records = reader.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (span(spans, partition).contains(record.offset())) {
            visitor.accept(record);
          }
        }
        List<TopicPartition> done = unfinished.stream()
            .filter(partition ->
                reader.position(partition) >= span(spans, partition).end())
            .toList();
        reader.pause(done);
        unfinished.removeAll(done);
        if (!records.isEmpty() || !done.isEmpty()) {
          progress = System.nanoTime();
        } else if (System.nanoTime() - progress > STALL_LIMIT.toNanos()) {
          throw new IllegalStateException("nothing came from " + unfinished + " for "
              + STALL_LIMIT.toSeconds() + " s; see whether a transaction hangs there");
        }
      }
    }
  }

  private static Span span(Map<TopicPartition, Span> spans, TopicPartition partition) {
    Span span = spans.get(partition);
    if (span == null) {
      throw new AssertionError("a record of " + partition + ", which was not asked for");
    }
    return span;
  }
}
