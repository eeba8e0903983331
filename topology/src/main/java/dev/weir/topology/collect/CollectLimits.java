package dev.weir.topology.collect;

/**
 * When an open batch closes by itself, and how much may be open.
 *
 * @param recordsMax records in a batch; at most {@value #RECORDS_HARD_MAX}
 * @param batchBytesMax bytes of keys, values and headers in a batch; the record that reaches it is
 *     still in
 * @param idleMsMax time without a record
 * @param ageMsMax time since the first record
 * @param openBatchesMax batches open in one partition; those idle the longest close first
 * @param expiriesPerTickMax batches closed by one tick, so that a tick cannot outlast a transaction
 * @param tickMs time between two looks at the open batches
 */
public record CollectLimits(
    int recordsMax,
    long batchBytesMax,
    long idleMsMax,
    long ageMsMax,
    int openBatchesMax,
    int expiriesPerTickMax,
    long tickMs) {
  /** More records than this are in no batch; a greater announced size is a bad header. */
  public static final int RECORDS_HARD_MAX = 10_000;

  /** A record of more bytes is rejected: a decision repeats its texts and must fit in a message. */
  public static final int RECORD_BYTES_MAX = 256 << 10;

  /** What holds where nothing else is configured. */
  public static final CollectLimits DEFAULTS =
      new CollectLimits(1_000, 32L << 20, 5_000, 60_000, 10_000, 20, 100);

  public CollectLimits {
    require("recordsMax", recordsMax, RECORDS_HARD_MAX);
    require("batchBytesMax", batchBytesMax, 1L << 30);
    require("idleMsMax", idleMsMax, Integer.MAX_VALUE);
    require("ageMsMax", ageMsMax, Integer.MAX_VALUE);
    require("openBatchesMax", openBatchesMax, 1_000_000);
    require("expiriesPerTickMax", expiriesPerTickMax, 1_000);
    require("tickMs", tickMs, 60_000);
  }

  private static void require(String name, long value, long max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "batch.%s %d is outside [1, %d]".formatted(name, value, max));
    }
  }

  /** These, with another number of records in a batch. */
  public CollectLimits withRecordsMax(int records) {
    return new CollectLimits(
        records, batchBytesMax, idleMsMax, ageMsMax, openBatchesMax, expiriesPerTickMax, tickMs);
  }

  /** These, with other times. */
  public CollectLimits withTimes(long idleMs, long ageMs) {
    return new CollectLimits(
        recordsMax, batchBytesMax, idleMs, ageMs, openBatchesMax, expiriesPerTickMax, tickMs);
  }
}
