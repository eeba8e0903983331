package dev.weir.gating.gate;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.model.domain.RawRecord;
import java.util.List;

/**
 * Records that are decided together.
 *
 * @param part offset of the part's first record
 * @param records the valid ones, in the order received
 * @param rejected how many more were invalid; records and rejected are at least 1 together
 * @param latest the largest timestamp of all of them, epoch milliseconds
 */
public record Batch(
    String id,
    long part,
    CloseReason closeReason,
    List<Member> records,
    int rejected,
    long latest) {
  public Batch {
    records = List.copyOf(records);
    if (records.size() + rejected < 1 || rejected < 0) {
      throw new IllegalArgumentException("batch " + id + " has no record");
    }
  }

  /** One valid record of a batch; its timestamp in epoch milliseconds. */
  public record Member(RawRecord record, Position source, long timestamp) {}

  /** n: all records, rejected ones included. */
  public int size() {
    return records.size() + rejected;
  }
}
