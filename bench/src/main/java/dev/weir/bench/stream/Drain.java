package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * How fast an application works off what waits for it. It is paused while its input is written, so
 * that the writer takes no processor from it, and what it has committed is asked for as it goes.
 */
final class Drain {
  /* What comes before this share is a start: fetching anew, caches, code not compiled yet. */
  private static final double STEADY_FROM = 0.3;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long POLL_NANOS = 50_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Cluster cluster;
  private final Input input;

  Drain(Cluster cluster, Input input) {
    this.cluster = cluster;
    this.input = input;
  }

  /**
   * Records a second.
   *
   * @param steady over the part after the start
   * @param whole from the first to the last
   */
  record Rate(double steady, double whole) {}

  Rate run(Application application, int records, int batch) {
    application.pause();
    try (Writer writer = new Writer(cluster)) {
      long now = System.currentTimeMillis();
      for (int n = 0; n < records; n++) {
        writer.send(input.message(application.topics().records(), n, batch, now));
      }
    } // closing waits for every acknowledgement
    application.resume();
    return measure(application, records);
  }

  private Rate measure(Application application, int records) {
    try (Admin admin = cluster.admin()) {
      long end = ends(admin, application);
      long begin = end - records;
      long start = System.nanoTime();
      long steadyStart = 0;
      long steadyFrom = 0;
      while (true) {
        long now = System.nanoTime();
        long done = committed(admin, application) - begin;
        if (steadyStart == 0 && done >= STEADY_FROM * records) {
          steadyStart = now;
          steadyFrom = done;
        }
        if (done >= records) {
          return new Rate(
              (records - steadyFrom) * NANOS_PER_SECOND / Math.max(1, now - steadyStart),
              records * NANOS_PER_SECOND / (now - start));
        }
        if (now - start > LIMIT.toNanos()) {
          throw new IllegalStateException("the " + application.name() + " worked off " + done
              + " of " + records + " records in " + LIMIT.toSeconds() + " s");
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private static long ends(Admin admin, Application application) {
    return Offsets.ends(admin, application.topics().records()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long committed(Admin admin, Application application) {
    return Offsets.committed(admin, application.group()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
