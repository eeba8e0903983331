package dev.weir.bench.replay;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyTopic;
import dev.weir.operations.replay.FileReplay;
import dev.weir.operations.replay.PublishedBook;
import dev.weir.operations.replay.Releases;
import dev.weir.operations.replay.ReplayRange;
import dev.weir.operations.replay.ReplayReport;
import dev.weir.operations.replay.TopicReplay;
import dev.weir.schemas.topic.TopicNames;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replays the same log again and again in one JVM and says for each round how many decisions it took
 * how long, in wall clock and in processor time.
 */
public final class WarmReplay {
  /** What begins each line of a round. */
  static final String ROUND = "round ";

  private static final double NANOS_PER_SECOND = 1e9;

  private WarmReplay() {}

  /**
   * Runs the rounds and prints a line for each.
   *
   * @param arguments the bundle's directory, threads, rounds, then {@code --bootstrap} or {@code
   *     --decisions} and which
   */
  public static void main(String[] arguments) {
    Bundle bundle = BundleDirectory.read(Path.of(arguments[0]));
    ReplayRange range =
        new ReplayRange(Long.MIN_VALUE, Long.MAX_VALUE, Integer.parseInt(arguments[1]));
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      long start = System.nanoTime();
      long processor = process.getProcessCpuTime();
      ReplayReport report = replay(bundle, range, arguments[3], arguments[4]);
      System.out.printf(
          Locale.ROOT,
          "%s%d %.3f %.3f %s%n",
          ROUND,
          report.decisions(),
          (System.nanoTime() - start) / NANOS_PER_SECOND,
          (process.getProcessCpuTime() - processor) / NANOS_PER_SECOND,
          report.isClean() ? "same" : report.counts());
    }
  }

  private static ReplayReport replay(
      Bundle bundle, ReplayRange range, String option, String place) {
    if (option.equals("--decisions")) {
      return new FileReplay(
              new Releases(List.of(bundle), Optional.empty(), PublishedBook.NONE, Secrets.DEMO),
              range)
          .run(Path.of(place), (done, total) -> {});
    }
    Cluster cluster = Cluster.at(place);
    TopicNames names = TopicNames.of(ReplayBench.SCOPE);
    Releases releases = new Releases(
        List.of(bundle),
        Optional.empty(),
        new PublishedBook(
            new PolicyTopic(cluster, names).releases(Purpose.DECIDE),
            Optional.of(TrustedKeys.NONE)),
        Secrets.DEMO);
    return new TopicReplay(cluster, names)
        .run(releases, range, Optional.empty(), (done, total) -> {});
  }
}
