package dev.weir.schemas.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that one question may take, over all its requests and the waits between them. For one
 * thread.
 */
final class Patience {
  private static final long WAIT_MS = 100;
  private static final long WAIT_MS_MAX = 2_000;
  private static final int DOUBLINGS_MAX = 10;

  private final Clock clock;
  private final long deadline;
  private int waits;

  /** Time as a client knows it. */
  interface Clock {
    /** The system's. */
    Clock SYSTEM = new Clock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
      }
    };

    long nanos();

    void sleep(long millis) throws InterruptedException;
  }

  Patience(Clock clock, int millis) {
    this.clock = clock;
    this.deadline = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private long leftMs() {
    return TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanos());
  }

  /** Whether there is time for another request. */
  boolean isLeft() {
    return leftMs() > 0;
  }

  /** What a request may take, which has so much at most; some of it even where nothing is left. */
  Duration of(int millis) {
    return Duration.ofMillis(Math.max(1, Math.min(millis, leftMs())));
  }

  /** Waits before another round, each time twice as long; whether there is time for one. */
  boolean pause() {
    long millis = Math.min(WAIT_MS_MAX, WAIT_MS << Math.min(waits++, DOUBLINGS_MAX));
    if (millis >= leftMs()) {
      return false;
    }
    try {
      clock.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static RegistryOutage interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryOutage("interrupted while asking the schema registry", e);
  }
}
