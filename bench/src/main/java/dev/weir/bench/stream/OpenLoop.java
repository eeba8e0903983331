package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender that keeps its rate whatever the application does. Each record carries the time at which
 * it was due as its timestamp, so that a wait before sending counts like any other: nothing is left
 * out because the sender was held up (coordinated omission).
 */
final class OpenLoop {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Cluster cluster;
  private final Input input;

  OpenLoop(Cluster cluster, Input input) {
    this.cluster = cluster;
    this.input = input;
  }

  /** Sends at a rate for a while and returns when all is acknowledged; the number sent. */
  long run(String topic, double perSecond, Duration length) {
    long count = (long) (perSecond * length.toNanos() / NANOS_PER_SECOND);
    double period = NANOS_PER_SECOND / perSecond;
    try (Writer writer = new Writer(cluster)) {
      long startMs = System.currentTimeMillis();
      long start = System.nanoTime();
      for (long n = 0; n < count; n++) {
        long due = (long) (n * period);
        long wait = start + due - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = start + due - System.nanoTime();
        }
        writer.send(input.message(topic, n, 1, startMs + due / NANOS_PER_MS));
      }
    }
    return count;
  }
}
