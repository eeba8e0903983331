package dev.weir.operations.watch;

import dev.weir.operations.cluster.TopicReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells a merge how far its partitions have been read: asks now and then where they end, open
 * transactions included, and compares with where the reader is. It waits for no answer; a question
 * that failed is asked again.
 */
final class Ends {
  private final Admin admin;
  private final Consumer<byte[], byte[]> reader;
  private final List<TopicPartition> logs = new ArrayList<>();
  private final Map<TopicPartition, End> ahead = new HashMap<>();
  private Optional<Asked> asked = Optional.empty();

  /** Where a partition ended after a mark of the merge. */
  private record End(long mark, long offset) {}

  private record Asked(long mark, CompletableFuture<Map<TopicPartition, Long>> ends) {}

  Ends(Admin admin, Consumer<byte[], byte[]> reader, Collection<TopicPartition> logs) {
    this.admin = admin;
    this.reader = reader;
    this.logs.addAll(logs);
  }

  /** From here on a further partition is read too. */
  void reads(TopicPartition more) {
    logs.add(more);
  }

  /** Asks, takes answers, and tells the merge what has been passed. */
  void settle(DecisionMerge<?> merge) {
    asked.filter(question -> question.ends().isDone()).ifPresent(question -> {
      if (!question.ends().isCompletedExceptionally()) {
        question.ends().join().forEach((log, end) -> ahead.put(log, new End(question.mark(), end)));
      }
      asked = Optional.empty();
    });
    ahead.entrySet().removeIf(end -> {
      boolean isPassed = reader.position(end.getKey()) >= end.getValue().offset();
      if (isPassed) {
        merge.passed(end.getKey(), end.getValue().mark());
      }
      return isPassed;
    });
    List<TopicPartition> passed =
        logs.stream().filter(log -> !ahead.containsKey(log)).toList();
    if (asked.isEmpty() && !passed.isEmpty() && merge.isWaiting()) {
      asked = Optional.of(new Asked(merge.mark(), TopicReader.writtenEnds(admin, passed)));
    }
  }
}
