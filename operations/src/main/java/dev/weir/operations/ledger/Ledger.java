package dev.weir.operations.ledger;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.Span;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The proof from the topics alone that every record read has exactly one outcome: a decision, a dead
 * letter, being a batch marker, or being in a batch that is still open (gate.md §11, conservation
 * law). The gate may go on working meanwhile.
 *
 * <p>Outcomes of records before the first that the records topic still has, or after the last one
 * that is looked at, are left aside.
 */
public final class Ledger {
  /*
   * Nothing stops while we read, so the order matters. First the ends of the records are fixed, then it is
   * asked what is open, then the outcomes are read up to everything written by then, then it is asked again
   * what is open. A record below its end was open at the first question or had its outcome committed before;
   * one decided in between is in the outcomes and no more in the second answer.
   */
  private final Cluster cluster;
  private final TopicNames names;
  private final TopicReader topics;

  public Ledger(Cluster cluster, TopicNames names) {
    this.cluster = cluster;
    this.names = names;
    this.topics = new TopicReader(cluster);
  }

  /**
   * Proves or disproves the law.
   *
   * @param group the gate's consumer group: records that it has not committed yet are left aside;
   *     empty to look at all records, where the gate has read all
   * @param open the offsets of records whose batches are open, by partition of the records topic;
   *     asked twice. It must wait for transactions that are open when it is asked
   * @throws IllegalStateException if the topics cannot be read
   */
  public LedgerReport prove(
      Optional<String> group, Supplier<? extends Map<Integer, ? extends Set<Long>>> open) {
    Map<TopicPartition, Span> sources = sources(group);
    Map<Integer, ? extends Set<Long>> before = open.get();
    Discrepancies doubled = new Discrepancies();
    Map<TopicPartition, PartitionBook> books = new TreeMap<>(
        Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    sources.forEach(
        (partition, span) -> books.put(partition, new PartitionBook(partition, span, doubled)));
    OutcomeReader outcomes = new OutcomeReader(names, books);
    topics.read(sources, outcomes::record);
    topics.read(
        topics.spans(
            List.of(names.autoAccept(), names.priorityAudit(), names.deadLetters()),
            TopicReader.End.WRITTEN),
        outcomes::outcome);
    Map<Integer, ? extends Set<Long>> after = open.get();

    Discrepancies missing = new Discrepancies();
    books.forEach((partition, book) -> {
      book.open(offsets(before, partition), offsets(after, partition), outcomes.unexplained());
      book.reportMissing(missing);
    });
    return new LedgerReport(
        books.values().stream().map(PartitionBook::counts).toList(),
        outcomes.routes(),
        missing.findings(),
        doubled.findings(),
        outcomes.unexplained().findings());
  }

  private static Set<Long> offsets(
      Map<Integer, ? extends Set<Long>> open, TopicPartition partition) {
    Set<Long> offsets = open.get(partition.partition());
    return offsets == null ? Set.of() : offsets;
  }

  private Map<TopicPartition, Span> sources(Optional<String> group) {
    Map<TopicPartition, Long> committed = group.map(this::committed).orElse(Map.of());
    Map<TopicPartition, Span> spans =
        topics.spans(List.of(names.records()), TopicReader.End.COMMITTED);
    if (group.isPresent()) {
      spans.replaceAll((partition, span) -> new Span(
          span.begin(),
          Math.max(
              span.begin(),
              Math.min(span.end(), committed.getOrDefault(partition, span.begin())))));
    }
    return spans;
  }

  private Map<TopicPartition, Long> committed(String group) {
    try (Admin admin = cluster.admin()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = Cluster.await(
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
          "listing the offsets of group " + group);
      Map<TopicPartition, Long> committed = new HashMap<>();
      offsets.forEach((partition, offset) -> {
        if (offset != null) {
          committed.put(partition, offset.offset());
        }
      });
      return committed;
    }
  }
}
