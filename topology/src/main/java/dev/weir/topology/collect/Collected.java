package dev.weir.topology.collect;

/** What collecting hands on. */
public sealed interface Collected permits ClosedBatch, Duplicate {
  /** The batch it belongs to. */
  String id();

  /** The largest timestamp of its records, epoch milliseconds. */
  long timestamp();
}
