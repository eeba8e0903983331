package dev.weir.topology.collect;

import java.util.OptionalInt;

/**
 * The header of an open batch part; its records are beside it.
 *
 * @param part offset of the part's first record
 * @param count records so far
 * @param bytes their keys, values and headers
 * @param announced how many records it will have: the first announcement seen
 * @param openedAt wall clock when its first record was taken, milliseconds
 * @param lastAt wall clock when its last record was taken
 * @param latest the largest record timestamp
 */
record BatchState(
    String id,
    long part,
    int count,
    long bytes,
    OptionalInt announced,
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
        openedAt,
        now,
        Math.max(latest, record.timestamp()));
  }
}
