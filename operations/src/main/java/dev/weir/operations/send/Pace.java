package dev.weir.operations.send;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** A steady rate: the n-th step comes no earlier than n periods after the first. */
final class Pace {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerStep;
  private final LongSupplier nanos;
  private final LongConsumer sleep;
  private long start;
  private long steps;

  /** @param perSecond steps; infinity for as many as come */
  Pace(double perSecond, LongSupplier nanos, LongConsumer sleep) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "rate " + perSecond + " must be above 0 records a second; infinity is without a bound");
    }
    this.nanosPerStep = NANOS_PER_SECOND / perSecond;
    this.nanos = nanos;
    this.sleep = sleep;
  }

  static Pace of(double perSecond) {
    return new Pace(perSecond, System::nanoTime, LockSupport::parkNanos);
  }

  /** Returns when the next step may be taken. */
  void step() {
    if (steps == 0) {
      start = nanos.getAsLong();
    }
    long due = start + (long) (steps * nanosPerStep);
    steps++;
    long wait = due - nanos.getAsLong();
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      sleep.accept(wait);
      wait = due - nanos.getAsLong();
    }
  }
}
