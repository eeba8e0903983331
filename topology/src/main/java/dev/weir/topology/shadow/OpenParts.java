package dev.weir.topology.shadow;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.schemas.wire.LoggedDecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Batch parts of which some decisions have come and others have not: the decisions of one part lie on
 * two topics and many partitions. Bounded; the oldest goes first, since a part that never becomes
 * complete (the log begins in its middle) must not keep the rest. For one thread.
 */
final class OpenParts {
  private final int decisionsMax;
  private final Map<Key, Part> open = new LinkedHashMap<>();
  private int decisions;
  private long opened;
  private long dropped;

  /** @param decisionsMax how many decisions of open parts are kept */
  OpenParts(int decisionsMax) {
    this.decisionsMax = decisionsMax;
  }

  private record Key(String topic, int partition, String batch, long part) {
    static Key of(LoggedDecision decision) {
      BatchStamp batch = decision.batch();
      return new Key(
          decision.source().topic(), decision.source().partition(), batch.id(), batch.part());
    }
  }

  private static final class Part {
    final long number;
    /* By source offset: a decision that is read again after a restart counts once. */
    final Map<Long, LoggedDecision> decisions = new HashMap<>();
    final Map<TopicPartition, Long> firstRead = new HashMap<>();

    Part(long number) {
      this.number = number;
    }
  }

  /**
   * Takes a decision.
   *
   * @param from where it was read
   * @return the part that it completes
   */
  Optional<LoggedPart> add(LoggedDecision decision, TopicPartition from, long offset) {
    Key key = Key.of(decision);
    Part part = open.computeIfAbsent(key, fresh -> new Part(opened++));
    part.firstRead.merge(from, offset, Math::min);
    if (part.decisions.put(decision.source().offset(), decision) == null) {
      decisions++;
    }
    BatchStamp batch = decision.batch();
    if (part.decisions.size() == batch.size() - batch.rejected()) {
      remove(key);
      return Optional.of(new LoggedPart(List.copyOf(part.decisions.values())));
    }
    while (decisions > decisionsMax) {
      remove(open.keySet().iterator().next());
      dropped++;
    }
    return Optional.empty();
  }

  private void remove(Key key) {
    Part part = open.remove(key);
    decisions -= part == null ? 0 : part.decisions.size();
  }

  /** How many parts were ever opened. */
  long opened() {
    return opened;
  }

  /**
   * Gives up those that are still open of the first so many that were opened, since what is missing of
   * them will not come.
   */
  void forget(long first) {
    while (!open.isEmpty()) {
      Map.Entry<Key, Part> oldest = open.entrySet().iterator().next();
      if (oldest.getValue().number >= first) {
        return;
      }
      remove(oldest.getKey());
    }
  }

  /** How many parts were given up because too many were open. */
  long dropped() {
    return dropped;
  }

  /**
   * From where to read again after a restart, so that every open part becomes whole.
   *
   * @param read what is read next, by partition
   */
  Map<TopicPartition, Long> restart(Map<TopicPartition, Long> read) {
    Map<TopicPartition, Long> from = new HashMap<>(read);
    for (Part part : new ArrayList<>(open.values())) {
      part.firstRead.forEach(
          (partition, first) -> from.computeIfPresent(partition, (p, at) -> Math.min(at, first)));
    }
    return from;
  }
}
