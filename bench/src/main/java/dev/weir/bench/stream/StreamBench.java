package dev.weir.bench.stream;

import dev.weir.bench.Report;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures the gate as a stream, all in one run: throughput and latency beside a {@link PassThrough},
 * policy swaps under load, recovery after kill -9, memory of open batches, and where its own time
 * goes. Writes {@code target/results/stream.md}.
 */
public final class StreamBench {
  private static final String QUICK = "quick";
  private static final int QUICK_DIVISOR = 20;
  private static final int PARTS_RECORDS = 40_000;

  private StreamBench() {}

  /** Parts of the measurement. */
  enum Section {
    PARTS,
    THROUGHPUT,
    LATENCY,
    SWAPS,
    MEMORY
  }

  /**
   * Runs and prints.
   *
   * @param arguments sections; without any, all of them; and {@code quick} to see that it works
   */
  public static void main(String[] arguments) {
    boolean isQuick = Arrays.asList(arguments).contains(QUICK);
    List<Section> sections = Arrays.stream(arguments)
        .filter(name -> !name.equals(QUICK))
        .map(name -> Section.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
    Report report = new Report();
    try (Stage stage = Stage.set(isQuick ? QUICK_DIVISOR : 1)) {
      report.paragraph(
          "JDK %s, %s %s, %d processors; broker, gate and pass-through in JVMs of their own on this machine, bundle %s,"
              + " exactly once, lz4, %d partitions, one stream thread and a commit interval of 100 ms where no other is named.",
          Runtime.version(),
          System.getProperty("os.name"),
          System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
          Stage.SHAPE,
          Application.PARTITIONS);
      run(stage, report, sections.isEmpty() ? List.of(Section.values()) : sections);
    }
    report.write(Path.of("target", "results", "stream.md"));
  }

  private static void run(Stage stage, Report report, List<Section> sections) {
    if (sections.contains(Section.PARTS)) {
      parts(stage, report);
    }
    double half = 1_000;
    if (sections.contains(Section.THROUGHPUT) || sections.contains(Section.LATENCY)) {
      Throughput.Result throughput = new Throughput(stage, report).run();
      half = throughput.gatePerSecond() / 2;
      report.paragraph(
          "A record costs the gate %.1f µs and the pass-through %.1f µs: %.1f µs more.",
          1e6 / throughput.gatePerSecond(),
          1e6 / throughput.passPerSecond(),
          1e6 / throughput.gatePerSecond() - 1e6 / throughput.passPerSecond());
      if (sections.contains(Section.LATENCY)) {
        new LatencySweep(stage, report, throughput.answers(), half).run();
      }
    }
    if (sections.contains(Section.SWAPS)) {
      new Swaps(stage, report, half).run();
    }
    if (sections.contains(Section.MEMORY)) {
      Memory memory = new Memory(stage, report);
      memory.run();
      memory.runFull();
    }
  }

  private static void parts(Stage stage, Report report) {
    new Parts(
            stage.input(),
            stage.workload().bundle,
            stage.policy("baseline"),
            stage.scaled(PARTS_RECORDS),
            report)
        .run();
  }
}
