package dev.weir.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One run's results as a table: each median also as a ratio to the baseline's of the same shape. The
 * median, because on a shared machine the mean tells more about the neighbours.
 */
final class ResultTable {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String ROWS = "rows";
  private static final String SHAPE = "shape";

  /** One benchmark with one set of parameters; times in µs, NaN where its mode was not run. */
  private static final class Line {
    final int rows;
    double p50 = Double.NaN;
    double p99 = Double.NaN;
    double mean = Double.NaN;
    double bytes = Double.NaN;

    Line(int rows) {
      this.rows = rows;
    }

    double perRow() {
      return p50 / rows;
    }
  }

  private final String baseline;
  private final Map<String, Map<String, Line>> linesByShape = new TreeMap<>();

  ResultTable(String baseline, Collection<RunResult> results) {
    this.baseline = baseline;
    results.forEach(this::add);
  }

  private void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    int rows = params.getParamsKeys().contains(ROWS) ? Integer.parseInt(params.getParam(ROWS)) : 1;
    Result<?> primary = result.getPrimaryResult();
    Line line = linesByShape
        .computeIfAbsent(params.getParam(SHAPE), key -> new LinkedHashMap<>())
        .computeIfAbsent(
            primary.getLabel() + others(params) + (rows == 1 ? "" : " × " + rows),
            key -> new Line(rows));
    if (params.getMode() == Mode.SampleTime) {
      line.p50 = primary.getStatistics().getPercentile(50);
      line.p99 = primary.getStatistics().getPercentile(99);
    } else {
      line.mean = primary.getScore();
      // Sampling allocates by itself, so only this mode tells the bytes.
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      line.bytes = allocated == null ? Double.NaN : allocated.getScore();
    }
  }

  /** What a benchmark was run with besides shape and rows, which have a place of their own. */
  private static String others(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .filter(key -> !key.equals(ROWS) && !key.equals(SHAPE))
        .map(key -> " " + params.getParam(key))
        .collect(Collectors.joining());
  }

  String toMarkdown() {
    StringBuilder table = new StringBuilder("JDK " + Runtime.version() + ", "
        + Runtime.getRuntime().availableProcessors() + " processors, "
        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\n\n");
    table.append(
        "| shape | benchmark | p50 µs | p99 µs | mean µs | B/op | p50 as a ratio, per row |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    linesByShape.forEach((shape, lines) -> {
      Line one = lines.getOrDefault(baseline, new Line(1));
      lines.forEach((label, line) -> table.append(String.format(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s | %s |%n",
          shape,
          label,
          number(line.p50),
          number(line.p99),
          number(line.mean),
          number(line.bytes),
          number(line.perRow() / one.perRow()))));
    });
    return table.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
