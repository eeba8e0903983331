package dev.weir.bench.replay;

import dev.weir.bench.Report;
import dev.weir.bench.Workload;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.broker.BrokerProcess;
import dev.weir.testkit.broker.BrokerProcess.Tuning;
import dev.weir.testkit.broker.EmbeddedBroker.Options;
import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures {@code weir replay}: the whole command in a JVM of its own (cold), and the same log again in
 * one JVM (warm), from the topics of a real broker and from a file, on one thread and on two. Writes
 * {@code target/results/replay.md}.
 */
public final class ReplayBench {
  static final String SCOPE = "passenger";

  private static final String SHAPE = "8x100x4";
  private static final int PARTITIONS = 4;
  private static final int DECISIONS = 500_000;
  private static final double LINES = 0.4;
  private static final int ROUNDS = 3;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  /* As the launcher starts it. */
  private static final List<String> JVM =
      List.of("-Xmx2g", "-Xms2g", "-XX:NewRatio=1", "-XX:+UseSerialGC");

  private final Path directory;
  private final Path bundle;
  private final Report report = new Report();

  private ReplayBench(Path directory) {
    this.directory = directory;
    this.bundle = Workload.directory(SHAPE).resolve("bundle").toAbsolutePath();
  }

  /**
   * Runs and prints.
   *
   * @param arguments how many decisions; without, 500,000
   */
  public static void main(String[] arguments) throws IOException {
    int decisions = arguments.length == 0 ? DECISIONS : Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("weir-bench-");
    Path file = directory.resolve("decisions.jsonl");
    try (BrokerProcess broker = BrokerProcess.start(
        Options.temporary(), Tuning.PATIENT.in("-Xmx512m", "-XX:+UseSerialGC"))) {
      new ReplayBench(directory).run(broker.bootstrapServers(), file, decisions);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void run(String bootstrap, Path file, int decisions) throws IOException {
    Cluster cluster = Cluster.at(bootstrap);
    TopicNames names = TopicNames.of(SCOPE);
    new Topics(cluster, names).make(new TopicSizes(PARTITIONS, 1));
    DecisionLog log = new DecisionLog(Workload.of(SHAPE), names);
    log.write(cluster, decisions, file, (int) (LINES * decisions));
    report.paragraph(
        "JDK %s, %s %s, %d processors, the broker among them; bundle %s; %,d decisions on the topics, %.0f bytes each"
            + " before lz4, half of them alone and half in batches of 25; %,d bytes of JSON lines.",
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        SHAPE,
        decisions,
        log.meanBytes(decisions),
        Files.size(file));
    report.header(
        "decisions/s",
        "threads",
        "whole command, cold",
        "warm, best of " + ROUNDS,
        "µs of processor, warm");
    for (int threads : new int[] {2, 1}) {
      measure("topics (goal 50,000)", List.of("--bootstrap", bootstrap), threads);
      measure("file", List.of("--decisions", file.toString()), threads);
    }
    report.write(Path.of("target", "results", "replay.md"));
  }

  private void measure(String what, List<String> place, int threads) throws IOException {
    double cold = cold(place, threads);
    double perSecond = 0;
    double micros = 0;
    for (double[] round : warm(place, threads)) {
      if (round[0] / round[1] > perSecond) {
        perSecond = round[0] / round[1];
        micros = 1e6 * round[2] / round[0];
      }
    }
    report.line(
        what,
        Integer.toString(threads),
        Report.number(cold, 0),
        Report.number(perSecond, 0),
        Report.number(micros, 1));
  }

  /** By the clock of who waits for the command. */
  private double cold(List<String> place, int threads) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("replay", "--bundle", bundle.toString()));
    arguments.addAll(place);
    arguments.addAll(List.of("--threads", Integer.toString(threads)));
    long start = System.nanoTime();
    String said = run("dev.weir.app.Weir", arguments);
    double seconds = (System.nanoTime() - start) / 1e9;
    // As "500,000 decisions in 269,231 batch parts: every one the same, byte for byte".
    String line = said.lines()
        .filter(found -> found.contains("every one the same"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the replay differs: " + said));
    return Long.parseLong(line.substring(0, line.indexOf(' ')).replace(",", "")) / seconds;
  }

  /** Of each round the decisions, the seconds, and the seconds of processor. */
  private List<double[]> warm(List<String> place, int threads) throws IOException {
    List<String> arguments = new ArrayList<>(
        List.of(bundle.toString(), Integer.toString(threads), Integer.toString(ROUNDS)));
    arguments.addAll(place);
    return run(WarmReplay.class.getName(), arguments)
        .lines()
        .filter(line -> line.startsWith(WarmReplay.ROUND))
        .map(line -> line.split(" "))
        .map(round -> new double[] {
          Double.parseDouble(round[1]), Double.parseDouble(round[2]), Double.parseDouble(round[3])
        })
        .toList();
  }

  private String run(String main, List<String> arguments) throws IOException {
    Path output = Files.createTempFile(directory, "replay-", ".out");
    try (JavaProcess process = JavaProcess.start(Program.tethered(main, arguments, JVM, output))) {
      if (process.awaitEnd(LIMIT).orElse(-1) != 0) {
        throw new IllegalStateException("the replay failed; it said: " + process.tail());
      }
      return process.tail();
    }
  }
}
