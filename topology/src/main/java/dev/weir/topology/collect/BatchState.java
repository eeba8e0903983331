package dev.weir.topology.collect;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The header of an open batch part; its records are beside it. It is never written: folding the
 * records in the order of their offsets gives it again.
 *
 * @param part offset of the part's first record
 * @param count records so far
 * @param bytes their keys, values and headers
 * @param announced how many records it will have: the first announcement seen
 * @param conflict the first announcement that differs
 * @param openedAt when its first record was taken, by {@link RunningTime}
 * @param lastAt when its last record was taken, by {@link RunningTime}
 * @param latest the largest record timestamp
 */
record BatchState(
    String id,
    long part,
    int count,
    long bytes,
    OptionalInt announced,
    Optional<SizeConflict> conflict,
    long openedAt,
    long lastAt,
    long latest) {
  static BatchState opened(RecordFacts record, long now) {
    return new BatchState(
        record.batch(),
        record.offset(),
        1,
        record.bytes(),
        record.announced(),
        Optional.empty(),
        now,
        now,
        record.timestamp());
  }

  BatchState with(RecordFacts record, long now) {
    return new BatchState(
        id,
        part,
        count + 1,
        bytes + record.bytes(),
        announced.isPresent() ? announced : record.announced(),
        conflict.isPresent() ? conflict : conflict(record),
        openedAt,
        now,
        Math.max(latest, record.timestamp()));
  }

  private Optional<SizeConflict> conflict(RecordFacts record) {
    return announced.isPresent()
            && record.announced().isPresent()
            && announced.getAsInt() != record.announced().getAsInt()
        ? Optional.of(
            new SizeConflict(announced.getAsInt(), record.announced().getAsInt(), record.offset()))
        : Optional.empty();
  }

  /** The heap it needs with its records. */
  long heldBytes() {
    return bytes + (long) count * CollectLimits.Open.RECORD_OVERHEAD_BYTES;
  }
}
