package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one suite of benchmarks, one thread, with the bytes that each operation allocates, and writes
 * {@code target/results/SUITE.json} and {@code SUITE.md}.
 */
public final class Bench {
  /** The benchmarks of one class, and the one that the others are measured by. */
  enum Suite {
    SCORE(ScoreBenchmark.class, "weirRecord"),
    CONTRIBUTION(ContributionBenchmark.class, "margin"),
    BATCH(BatchBenchmark.class, "records"),
    LAYOUT(LayoutBenchmark.class, "linked"),
    GATE(GateBenchmark.class, "weir"),
    DECIDE(DecideBenchmark.class, "decide"),
    ENCODE(EncodeBenchmark.class, "direct"),
    SEAL(SealBenchmark.class, "bytes"),
    COMPRESS(CompressBenchmark.class, "write LZ4");

    final Class<?> benchmarks;
    final String baseline;

    Suite(Class<?> benchmarks, String baseline) {
      this.benchmarks = benchmarks;
      this.baseline = baseline;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Bench() {}

  /** The suite's name, then any options of JMH. */
  public static void main(String[] args)
      throws RunnerException, IOException, CommandLineOptionException {
    List<Suite> suites = Arrays.stream(Suite.values())
        .filter(suite -> args.length > 0 && suite.label().equals(args[0]))
        .toList();
    if (suites.isEmpty()) {
      System.err.println("usage: bench/run SUITE [JMH options]; a suite is one of "
          + Arrays.stream(Suite.values()).map(Suite::label).toList());
      System.exit(2);
    }
    run(suites.get(0), Arrays.copyOfRange(args, 1, args.length));
  }

  private static void run(Suite suite, String[] options)
      throws RunnerException, IOException, CommandLineOptionException {
    Path results = Files.createDirectories(Path.of("target", "results"));
    OptionsBuilder builder = new OptionsBuilder();
    builder
        .parent(new CommandLineOptions(options))
        .include(suite.benchmarks.getName())
        .addProfiler(GCProfiler.class)
        // ONNX Runtime recurses over all nodes of an ensemble, past the end of an ordinary stack.
        .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xss16m")
        .resultFormat(ResultFormatType.JSON)
        .result(results.resolve(suite.label() + ".json").toString());
    CommandLineOptions given = new CommandLineOptions(options);
    builder
        .forks(given.getForkCount().orElse(2))
        .warmupIterations(given.getWarmupIterations().orElse(3))
        .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
        .measurementIterations(given.getMeasurementIterations().orElse(5))
        .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)));
    Collection<RunResult> found = new Runner(builder.build()).run();
    String table = new ResultTable(suite.baseline, found).toMarkdown();
    Files.writeString(results.resolve(suite.label() + ".md"), table);
    System.out.println(table);
  }
}
