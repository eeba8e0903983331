package dev.weir.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** One run's results as a table: each time also as a ratio to the baseline of the same parameters. */
final class ResultTable {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String ROWS = "rows";

  /** One benchmark with one set of parameters. */
  private static final class Line {
    double mean = Double.NaN;
    double error = Double.NaN;
    double p99 = Double.NaN;
    double bytes = Double.NaN;
    int rows = 1;
  }

  private final String baseline;
  private final Map<String, Map<String, Line>> linesByParameters = new TreeMap<>();

  ResultTable(String baseline, Collection<RunResult> results) {
    this.baseline = baseline;
    results.forEach(this::add);
  }

  private void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    String rows = parameters.remove(ROWS);
    Result<?> primary = result.getPrimaryResult();
    Line line = linesByParameters
        .computeIfAbsent(String.join(" ", parameters.values()), key -> new LinkedHashMap<>())
        .computeIfAbsent(primary.getLabel() + (rows == null ? "" : " " + rows), key -> new Line());
    line.rows = rows == null ? 1 : Integer.parseInt(rows);
    if (params.getMode() == Mode.SampleTime) {
      line.p99 = primary.getStatistics().getPercentile(99);
    } else {
      line.mean = primary.getScore();
      line.error = primary.getScoreError();
      result.getSecondaryResults().forEach((label, secondary) -> {
        if (label.endsWith(ALLOCATED)) {
          line.bytes = secondary.getScore();
        }
      });
    }
  }

  String toMarkdown() {
    StringBuilder table = new StringBuilder("Measured on JDK " + Runtime.version() + ", "
        + Runtime.getRuntime().availableProcessors() + " processors, "
        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ".\n\n");
    table.append("| shape | benchmark | µs/op | ± | p99 µs | B/op | ratio, per row |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    linesByParameters.forEach((parameters, lines) -> {
      double one = lines.entrySet().stream()
          .filter(
              entry -> entry.getKey().equals(baseline) || entry.getKey().equals(baseline + " 1"))
          .mapToDouble(entry -> entry.getValue().mean)
          .findFirst()
          .orElse(Double.NaN);
      lines.forEach((label, line) -> table.append(String.format(
          Locale.ROOT,
          "| %s | %s | %.2f | %.2f | %s | %.2f | %.2f |%n",
          parameters,
          label,
          line.mean,
          line.error,
          Double.isNaN(line.p99) ? "" : String.format(Locale.ROOT, "%.1f", line.p99),
          line.bytes,
          line.mean / line.rows / one)));
    });
    return table.toString();
  }
}
