package dev.weir.topology.collect;

/**
 * How long a task has run since it was assigned, by a wall clock that may jump: time while nobody
 * ran, a suspended machine's or a long pause's, does not count, nor does a clock set back or forth.
 * For one thread.
 */
final class RunningTime {
  private static final long GAP_MS_MIN = 1_000;

  private final long gapMsMax;
  private long wall;
  private long running;

  /**
   * Starts to count.
   *
   * @param wall the wall clock at the assignment, milliseconds
   * @param tickMs how often it is read, though nothing comes: more than a second and more than two
   *     ticks between two readings is a pause or a jump, of which no more than that counts
   */
  RunningTime(long wall, long tickMs) {
    this.wall = wall;
    this.gapMsMax = Math.max(GAP_MS_MIN, 2 * tickMs);
  }

  /** Milliseconds that it has run when the wall clock shows this. */
  long at(long now) {
    running += Math.max(0, Math.min(now - wall, gapMsMax));
    wall = now;
    return running;
  }
}
