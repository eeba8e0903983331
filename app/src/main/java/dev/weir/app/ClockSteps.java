package dev.weir.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices when the wall clock is set back. Kafka's clients time their heartbeats and commits by it:
 * set back by an hour, they would send none for an hour, and the gate would decide nothing. Set
 * forward, they are early once. For one thread.
 */
final class ClockSteps {
  /** Half of what a group waits for a heartbeat. */
  static final Duration BACK_MAX = Duration.ofSeconds(5);

  private static final long NANOS_PER_MS = 1_000_000;

  private final LongSupplier wallMs;
  private final LongSupplier elapsedNanos;
  private long lastWallMs;
  private long lastNanos;

  ClockSteps(LongSupplier wallMs, LongSupplier elapsedNanos) {
    this.wallMs = wallMs;
    this.elapsedNanos = elapsedNanos;
    this.lastWallMs = wallMs.getAsLong();
    this.lastNanos = elapsedNanos.getAsLong();
  }

  static ClockSteps ofSystem() {
    return new ClockSteps(System::currentTimeMillis, System::nanoTime);
  }

  /** By how much the clock was set back since the last call; zero or less if it was not. */
  Duration back() {
    long wall = wallMs.getAsLong();
    long nanos = elapsedNanos.getAsLong();
    long expected = lastWallMs + (nanos - lastNanos) / NANOS_PER_MS;
    lastWallMs = wall;
    lastNanos = nanos;
    return Duration.ofMillis(expected - wall);
  }
}
