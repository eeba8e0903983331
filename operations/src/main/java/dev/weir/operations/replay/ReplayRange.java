package dev.weir.operations.replay;

/**
 * What of a log is decided again, and how.
 *
 * @param from the smallest time of a batch part, its largest record timestamp in epoch milliseconds
 * @param to the smallest time beyond
 * @param threads that decode and decide
 */
public record ReplayRange(long from, long to, int threads) {
  private static final int THREADS_MAX = 256;

  public ReplayRange {
    if (from >= to) {
      throw new IllegalArgumentException("from " + from + " is not before to " + to);
    }
    if (threads < 1 || threads > THREADS_MAX) {
      throw new IllegalArgumentException(
          "threads " + threads + " is outside [1, " + THREADS_MAX + "]");
    }
  }
}
