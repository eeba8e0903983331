package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.schemas.topic.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How long a decision takes at half of what the gate can, for several commit intervals. */
final class LatencySweep {
  private static final int[] COMMIT_MS = {20, 50, 100, 200};
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration ROUND = Duration.ofSeconds(4);

  private final Stage stage;
  private final Report report;
  private final Path answers;
  private final double perSecond;
  private final int rounds;

  LatencySweep(Stage stage, Report report, Path answers, double perSecond) {
    this.stage = stage;
    this.report = report;
    this.answers = answers;
    this.perSecond = perSecond;
    this.rounds = stage.scaled(ROUNDS);
  }

  void run() {
    report.paragraph(
        "Latency, from when a record was due to when a reader of committed records has its decision, at %s records a"
            + " second (half of the gate's throughput), batches of 1, open loop, rounds of %d s in turn, medians of %d.",
        Report.number(perSecond, 0), stage.scaled(ROUND).toSeconds(), rounds);
    report.header(
        "commit interval, ms",
        "application",
        "p50 ms",
        "p95",
        "p99",
        "p99.9",
        "max",
        "p99 as a ratio (goal 1.2)");
    for (int commitMs : COMMIT_MS) {
      run(commitMs);
    }
  }

  private void run(int commitMs) {
    Map<String, String> settings = stage.settings(Map.of("commitMs", Integer.toString(commitMs)));
    // Topics and groups of their own: a member before, if it ended badly, cannot hold up these.
    TopicNames gateTopics = Application.topics(stage.cluster(), "gate-" + commitMs);
    TopicNames passTopics = Application.topics(stage.cluster(), "pass-" + commitMs);
    stage.push(gateTopics, "baseline");
    try (Application gate =
            Application.gate("gate-" + commitMs, gateTopics, settings, stage.directory());
        Application pass = Application.passThrough(
            "pass-" + commitMs, passTopics, settings, stage.directory(), answers)) {
      gate.awaitStarted();
      pass.awaitStarted();
      pass.pause();
      measure(gate, stage.scaled(WARM_UP));
      gate.pause();
      pass.resume();
      measure(pass, stage.scaled(WARM_UP));
      List<Latency> ofGate = new ArrayList<>();
      List<Latency> ofPass = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        pass.pause();
        gate.resume();
        ofGate.add(measure(gate, stage.scaled(ROUND)));
        gate.pause();
        pass.resume();
        ofPass.add(measure(pass, stage.scaled(ROUND)));
      }
      double ratio = median(ofGate, Latency::p99) / median(ofPass, Latency::p99);
      line(commitMs, gate, ofGate, "**" + Report.number(ratio, 2) + "**");
      line(commitMs, pass, ofPass, "1");
    }
  }

  private void line(int commitMs, Application application, List<Latency> rounds, String ratio) {
    report.line(
        Integer.toString(commitMs),
        application.name(),
        Report.number(median(rounds, Latency::p50), 0),
        Report.number(median(rounds, Latency::p95), 0),
        Report.number(median(rounds, Latency::p99), 0),
        Report.number(median(rounds, Latency::p999), 0),
        Report.number(median(rounds, Latency::max), 0),
        ratio);
  }

  private static double median(List<Latency> rounds, ToDoubleFunction<Latency> percentile) {
    double[] sorted = rounds.stream().mapToDouble(percentile).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private Latency measure(Application application, Duration length) {
    try (Arrivals arrivals = Arrivals.of(stage.cluster(), application.topics(), record -> {})) {
      long sent = new OpenLoop(stage.cluster(), stage.input())
          .run(application.topics().records(), perSecond, length);
      return Latency.of(arrivals.await(sent));
    }
  }
}
