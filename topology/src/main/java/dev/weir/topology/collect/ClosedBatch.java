package dev.weir.topology.collect;

import dev.weir.gating.decision.CloseReason;
import java.util.List;
import java.util.Optional;

/**
 * A batch part that waits for nothing more, with its raw records.
 *
 * @param part offset of its first record
 * @param partition of the source topic
 * @param records in the order of their offsets
 * @param latest the largest record timestamp, epoch milliseconds
 * @param conflict between the sizes that its records announced
 */
public record ClosedBatch(
    String id,
    long part,
    CloseReason reason,
    int partition,
    List<Received> records,
    long latest,
    Optional<SizeConflict> conflict)
    implements Collected {
  public ClosedBatch {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new AssertionError("batch " + id + " closed without a record");
    }
  }

  @Override
  public long timestamp() {
    return latest;
  }

  /** What is wrong with a record before anybody reads its value. */
  public static Optional<Rejection> problem(Received record) {
    return RecordFacts.problem(record);
  }
}
