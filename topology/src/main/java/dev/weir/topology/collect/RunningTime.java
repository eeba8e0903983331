package dev.weir.topology.collect;

/**
 * How long a task has run since it was assigned, by a wall clock that may jump: time while nobody
 * ran, a suspended machine's or a long pause's, does not count, nor does a clock set back or forth.
 * For one thread.
 */
final class RunningTime {
  /** More than this between two readings is a pause or a jump; a tick comes ten times as often. */
  static final long GAP_MS_MAX = 1_000;

  private long wall;
  private long running;

  /** @param wall the wall clock at the assignment, milliseconds */
  RunningTime(long wall) {
    this.wall = wall;
  }

  /** Milliseconds that it has run when the wall clock shows this. */
  long at(long now) {
    running += Math.max(0, Math.min(now - wall, GAP_MS_MAX));
    wall = now;
    return running;
  }
}
