package dev.weir.operations.replay;

/** Hears how far a replay is. */
@FunctionalInterface
public interface ReplayProgress {
  /** So much of the log has been read, of so much; in one unit. */
  void at(long done, long total);
}
