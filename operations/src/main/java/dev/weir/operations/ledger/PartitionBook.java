package dev.weir.operations.ledger;

import dev.weir.operations.cluster.Span;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** One source partition's offsets, and what each of them became: a bit per offset and class. */
final class PartitionBook {
  private final TopicPartition partition;
  private final Span span;
  private final BitSet read = new BitSet();
  private final BitSet markers = new BitSet();
  private final BitSet decisions = new BitSet();
  private final BitSet deadLetters = new BitSet();
  private final BitSet open = new BitSet();
  private final Discrepancies doubled;

  PartitionBook(TopicPartition partition, Span span, Discrepancies doubled) {
    if (span.end() - span.begin() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%s has %d offsets, limit %d; prove a part of it",
          partition,
          span.end() - span.begin(),
          Integer.MAX_VALUE));
    }
    this.partition = partition;
    this.span = span;
    this.doubled = doubled;
  }

  boolean covers(long offset) {
    return span.contains(offset);
  }

  void read(long offset, boolean isMarker) {
    read.set(bit(offset));
    if (isMarker) {
      markers.set(bit(offset));
    }
  }

  /** Notes where an outcome was found; false if no record was read there. */
  boolean decided(long offset, String where) {
    return outcome(decisions, offset, "a decision " + where);
  }

  /** Notes where an outcome was found; false if no record was read there. */
  boolean buried(long offset, String where) {
    return outcome(deadLetters, offset, "a dead letter " + where);
  }

  private boolean outcome(BitSet outcomes, long offset, String what) {
    int bit = bit(offset);
    if (!read.get(bit)) {
      return false;
    }
    if (markers.get(bit) || decisions.get(bit) || deadLetters.get(bit)) {
      doubled.add(String.format(
          Locale.ROOT, "%s offset %d is %s and has %s", partition, offset, first(bit), what));
    } else {
      outcomes.set(bit);
    }
    return true;
  }

  private String first(int bit) {
    if (markers.get(bit)) {
      return "a batch marker";
    }
    return decisions.get(bit) ? "decided" : "a dead letter";
  }

  /**
   * Notes the records of open batches, as they were before and after the outcomes were read. What
   * was open before and has no outcome is open; what has one must not be open after.
   */
  void open(Set<Long> before, Set<Long> after, Discrepancies unexplained) {
    for (long offset : before) {
      if (covers(offset)) {
        int bit = bit(offset);
        if (!read.get(bit)) {
          unexplained.add(String.format(
              Locale.ROOT, "%s offset %d is open, and no record is there", partition, offset));
        } else if (!markers.get(bit) && !decisions.get(bit) && !deadLetters.get(bit)) {
          open.set(bit);
        } else if (markers.get(bit) || after.contains(offset)) {
          doubled.add(String.format(
              Locale.ROOT, "%s offset %d is %s and still open", partition, offset, first(bit)));
        }
      }
    }
  }

  void reportMissing(Discrepancies missing) {
    BitSet left = (BitSet) read.clone();
    left.andNot(markers);
    left.andNot(decisions);
    left.andNot(deadLetters);
    left.andNot(open);
    left.stream()
        .forEach(bit -> missing.add(String.format(
            Locale.ROOT,
            "%s offset %d has no decision, is no dead letter and is not open",
            partition,
            span.begin() + bit)));
  }

  LedgerReport.Partition counts() {
    return new LedgerReport.Partition(
        partition.partition(),
        span.begin(),
        span.end(),
        read.cardinality(),
        decisions.cardinality(),
        deadLetters.cardinality(),
        markers.cardinality(),
        open.cardinality());
  }

  private int bit(long offset) {
    return Math.toIntExact(offset - span.begin());
  }
}
