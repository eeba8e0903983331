package dev.weir.operations.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that topics have gained partitions: asks now and then, and waits for no answer; a question
 * that failed is asked again. Whoever writes learns of them within {@code metadata.max.age.ms}, five
 * minutes by default.
 */
final class GainedPartitions {
  private final Admin admin;
  private final List<String> topics;
  private final Duration period;
  private long askedAt = System.nanoTime();
  private Optional<CompletableFuture<List<TopicPartition>>> asked = Optional.empty();

  /** @param period between an answer and the next question, at the least */
  GainedPartitions(Admin admin, Collection<String> topics, Duration period) {
    this.admin = admin;
    this.topics = List.copyOf(topics);
    this.period = period;
  }

  /** Partitions of the topics that are not known, as far as it has been told. */
  List<TopicPartition> beside(Collection<TopicPartition> known) {
    if (asked.isEmpty() && System.nanoTime() - askedAt >= period.toNanos()) {
      askedAt = System.nanoTime();
      asked = Optional.of(ask());
    }
    Optional<CompletableFuture<List<TopicPartition>>> answer =
        asked.filter(CompletableFuture::isDone);
    answer.ifPresent(any -> asked = Optional.empty());
    return answer.filter(all -> !all.isCompletedExceptionally()).stream()
        .flatMap(all -> all.join().stream())
        .filter(partition -> !known.contains(partition))
        .toList();
  }

  private CompletableFuture<List<TopicPartition>> ask() {
    return admin
        .describeTopics(topics)
        .allTopicNames()
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(found -> found.values().stream()
            .flatMap(topic -> topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .toList());
  }
}
