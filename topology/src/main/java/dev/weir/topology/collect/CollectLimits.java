package dev.weir.topology.collect;

import dev.weir.topology.setting.Mistakes;

/**
 * When an open batch closes by itself, and how much may be open.
 *
 * @param recordsMax records in a batch; at most {@value #RECORDS_HARD_MAX}
 * @param batchBytesMax bytes of keys, values and headers in a batch; the record that reaches it is
 *     still in
 * @param dedupeRecordsMax record ids that a partition remembers, so that a second record of the same
 *     batch and id is dropped; 0 for none
 */
public record CollectLimits(
    int recordsMax, long batchBytesMax, Times times, Open open, int dedupeRecordsMax) {
  /** More records than this are in no batch; a greater announced size is a bad header. */
  public static final int RECORDS_HARD_MAX = 10_000;

  /** A record of more bytes is rejected: a decision repeats its texts and must fit in a message. */
  public static final int RECORD_BYTES_MAX = 256 << 10;

  /** What holds where nothing else is configured. */
  public static final CollectLimits DEFAULTS =
      new CollectLimits(1_000, 32L << 20, Times.DEFAULTS, Open.DEFAULTS, 0);

  public CollectLimits {
    new Mistakes()
        .unlessWithin("batch.recordsMax", recordsMax, 1, RECORDS_HARD_MAX)
        .unlessWithin("batch.bytesMax", batchBytesMax, 1, 1L << 30)
        .unlessWithin("batch.dedupeRecordsMax", dedupeRecordsMax, 0, 10_000_000)
        .refuse();
  }

  /**
   * When time closes a batch. Only the time counts during which the task ran since it was assigned.
   *
   * @param idleMsMax time without a record
   * @param ageMsMax time since the first record
   * @param ageHardMsMax time since the first record after which a batch closes even while its
   *     partition has unread records
   * @param tickMs time between two looks at the open batches
   */
  public record Times(long idleMsMax, long ageMsMax, long ageHardMsMax, long tickMs) {
    /** What holds where nothing else is configured. */
    public static final Times DEFAULTS = new Times(5_000, 60_000, 600_000, 100);

    public Times {
      new Mistakes()
          .unlessWithin("batch.idleMsMax", idleMsMax, 1, Integer.MAX_VALUE)
          .unlessWithin("batch.ageMsMax", ageMsMax, 1, Integer.MAX_VALUE)
          .unlessWithin("batch.ageHardMsMax", ageHardMsMax, 1, Integer.MAX_VALUE)
          .unless(
              ageHardMsMax >= ageMsMax,
              "batch.ageHardMsMax",
              "batch.ageHardMsMax " + ageHardMsMax + " is below batch.ageMsMax " + ageMsMax)
          .unlessWithin("batch.tickMs", tickMs, 1, 60_000)
          .refuse();
    }
  }

  /**
   * How much may be open in one partition. What is beyond closes, the idlest batch first.
   *
   * @param batchesMax open batches
   * @param bytesMax their bytes on the heap, {@value #RECORD_OVERHEAD_BYTES} a record included
   * @param expiriesPerTickMax batches closed by one tick, so that a tick cannot outlast a
   *     transaction
   */
  public record Open(int batchesMax, long bytesMax, int expiriesPerTickMax) {
    /** What holds where nothing else is configured. */
    public static final Open DEFAULTS = new Open(10_000, 64L << 20, 20);

    /** What an open record needs beside its bytes, rounded up: entry, keys and arrays. */
    public static final int RECORD_OVERHEAD_BYTES = 256;

    public Open {
      new Mistakes()
          .unlessWithin("batch.openMax", batchesMax, 1, 1_000_000)
          .unlessWithin("batch.openBytesMax", bytesMax, 1, 1L << 36)
          .unlessWithin("batch.expiriesPerTickMax", expiriesPerTickMax, 1, 1_000)
          .refuse();
    }
  }

  /** Whether a second record of the same batch and id is dropped. */
  public boolean isDeduping() {
    return dedupeRecordsMax > 0;
  }

  /** These, with another number of records in a batch. */
  public CollectLimits withRecordsMax(int records) {
    return new CollectLimits(records, batchBytesMax, times, open, dedupeRecordsMax);
  }

  /** These, with other times without a record and since the first. */
  public CollectLimits withTimes(long idleMs, long ageMs) {
    Times other = new Times(idleMs, ageMs, Math.max(ageMs, times.ageHardMsMax()), times.tickMs());
    return new CollectLimits(recordsMax, batchBytesMax, other, open, dedupeRecordsMax);
  }

  /** These, remembering so many record ids of a partition. */
  public CollectLimits withDedupe(int records) {
    return new CollectLimits(recordsMax, batchBytesMax, times, open, records);
  }
}
