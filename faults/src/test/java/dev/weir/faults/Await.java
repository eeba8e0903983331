package dev.weir.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that will be, on however slow a machine. */
final class Await {
  /** Far more than anything here takes on a busy machine. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(25);

  private Await() {}

  /** @param otherwise what is known when it has not come about */
  static void until(String what, BooleanSupplier condition, Supplier<String> otherwise) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            what + ": not within " + PATIENCE.toSeconds() + " s; " + otherwise.get());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Waits until a thread that was told to has ended. */
  static void end(Thread thread) {
    until("end of thread " + thread.getName(), () -> !thread.isAlive(), () -> "it runs");
  }
}
