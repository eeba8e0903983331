package dev.weir.lab.report;

import dev.weir.lab.judge.Bins;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.metric.RiskCoverage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How well the model does on rows that it did not see: the first four sections of the page. */
final class QualitySections {
  private static final double RARE = 0.05;
  private static final int RELIABILITY_BINS = 12;
  private static final int INTERVAL_BINS = 20;
  /* The first few rows of a curve say nothing yet. */
  private static final double COVERAGE_DRAWN_MIN = 0.02;
  private static final int POINTS_MAX = 200;
  private static final double[] COVERAGES = {0.5, 0.7, 0.8, 0.9, 1};

  private final Page page;
  private final TrainingReport report;
  private final List<RawRecord> records;
  private final Bundle bundle;
  private final Judged judged;

  QualitySections(Page page, TrainingReport report, List<RawRecord> records, Judged judged) {
    this.page = page;
    this.report = report;
    this.records = records;
    this.bundle = report.bundle();
    this.judged = judged;
  }

  void write() {
    reliability();
    riskCoverage();
    slices();
    intervals();
  }

  /** Whether most probabilities crowd near 0, so that the axes must give them room. */
  private boolean isRare() {
    return judged.baseRate() < RARE;
  }

  private void reliability() {
    page.section(
        "reliability",
        "Does a probability mean what it says?",
        "Rows are sorted by their probability and cut into bins of equal size. On the diagonal, what"
            + " was predicted is what happened."
            + (isRare() ? " Axes go by the square root, to give small shares room." : ""));
    List<Bins.Bin> bins = Bins.of(judged, judged.all(), RELIABILITY_BINS);
    double reach = bins.stream()
        .mapToDouble(bin -> Math.max(bin.predicted(), bin.sampling().upper()))
        .max()
        .orElse(1);
    Plot plot = new Plot(
        Plot.Axis.share("mean predicted probability", reach, isRare()),
        Plot.Axis.share("share of true outcomes", reach, isRare()));
    plot.diagonal();
    for (Bins.Bin bin : bins) {
      plot.bar(
          "whisker", bin.predicted(), bin.sampling().lower(), bin.sampling().upper());
      plot.dot("model", bin.predicted(), bin.observed());
    }
    page.html().raw("<div class=\"pair\">");
    page.figure(
        plot.svg("Reliability diagram", bins.size() + " bins; the table beside it has the figures"),
        Page.key("model", "share of true outcomes")
            + Page.key("whisker", "95 % by sampling error")
            + Page.key("diagonal", "perfectly calibrated"));
    page.table("Bins by probability, from low to high", List.of("Rows", "Predicted", "Happened"));
    for (Bins.Bin bin : bins) {
      page.row(
          Html.number(bin.rows(), 0),
          Html.percent(bin.predicted(), 1),
          Html.percent(bin.observed(), 1));
    }
    page.endTable();
    page.html().raw("</div></section>");
  }

  private void riskCoverage() {
    page.section(
        "risk",
        "What does it cost to be careful?",
        "The most confident predictions are accepted first. Risk is the share of wrong ones among"
            + " the accepted. Plain confidence is the bar: an interval that does not lower the risk"
            + " earns nothing on clean rows.");
    RiskCoverage plain = judged.byPlainConfidence();
    RiskCoverage interval = judged.byInterval();
    double reach = Math.max(largestRisk(plain), largestRisk(interval));
    Plot plot = new Plot(
        new Plot.Axis("coverage (share accepted)", 1, false),
        Plot.Axis.share("risk (share wrong)", reach, false));
    plot.line("model", curve(interval)).line("plain", curve(plain));
    page.html().raw("<div class=\"pair\">");
    page.figure(
        plot.svg("Risk against coverage", "two curves; the table beside it has the figures"),
        Page.key("plain", "plain confidence") + Page.key("model", "near end of the interval"));
    page.table(
        "Risk at some coverages, and the area under the curve (AURC)",
        List.of("Coverage", "Plain confidence", "Interval"));
    for (double coverage : COVERAGES) {
      page.row(
          Html.percent(coverage, 0),
          Html.percent(plain.riskAt(coverage).orElse(Double.NaN), 2),
          Html.percent(interval.riskAt(coverage).orElse(Double.NaN), 2));
    }
    page.row(
        "AURC",
        Html.number(plain.area().orElse(Double.NaN), 4),
        Html.number(interval.area().orElse(Double.NaN), 4));
    page.endTable();
    page.html().raw("</div></section>");
  }

  private static double largestRisk(RiskCoverage curve) {
    return curve.points().stream()
        .filter(point -> point.coverage() >= COVERAGE_DRAWN_MIN)
        .mapToDouble(RiskCoverage.Point::risk)
        .max()
        .orElse(1);
  }

  private static List<Plot.Point> curve(RiskCoverage curve) {
    List<RiskCoverage.Point> points = curve.points().stream()
        .filter(point -> point.coverage() >= COVERAGE_DRAWN_MIN)
        .toList();
    int step = Math.max(1, points.size() / POINTS_MAX);
    return IntStream.range(0, points.size())
        .filter(i -> i % step == 0 || i == points.size() - 1)
        .mapToObj(i -> new Plot.Point(points.get(i).coverage(), points.get(i).risk()))
        .toList();
  }

  private void slices() {
    page.section(
        "slices",
        "Are the fragile slices fragile?",
        "A slice is fragile if the model errs there more often than its own probabilities expect,"
            + " beyond sampling error. A declared slice that is not costs coverage for nothing.");
    page.table(
        "Each flag of the domain",
        List.of(
            "Slice",
            "Verdict",
            "Rows",
            "Wrong inside (95 %)",
            "The model expects",
            "Wrong outside",
            "Predicted less happened",
            "Bins in interval"));
    for (SliceAudit.Slice slice : SliceAudit.of(
        judged, bundle.definition().flags(), truths(), bundle.definition().fragile())) {
      page.html()
          .raw("<tr><th scope=\"row\"><code>")
          .text(slice.name())
          .raw("</code>"
              + (slice.declared() ? "<span class=\"declared\">declared fragile</span>" : "")
              + "</th>");
      String style = slice.verdict().name().toLowerCase(java.util.Locale.ROOT);
      page.html()
          .raw("<td><span class=\"verdict " + style + "\">")
          .text(slice.verdict().words)
          .raw("</span></td>");
      boolean any = slice.rows() > 0;
      for (String cell : List.of(
          Html.number(slice.rows(), 0),
          any
              ? Html.percent(slice.error(), 1) + " ("
                  + Html.number(100 * slice.sampling().lower(), 1) + "–"
                  + Html.number(100 * slice.sampling().upper(), 1) + ")"
              : "–",
          Html.percent(slice.expected(), 1),
          Html.percent(slice.elsewhere(), 1),
          any ? signed(100 * slice.calibration()) + " pt" : "–",
          slice.bins() == 0 ? "–" : slice.covered() + " of " + slice.bins())) {
        page.html().element("td", cell);
      }
      page.html().raw("</tr>");
    }
    page.endTable();
    page.endSection();
  }

  private long[] truths() {
    RecordSheet sheet = bundle.sheet();
    return Arrays.stream(report.outOfFold().rows())
        .mapToLong(row -> {
          bundle.read(records.get(row), sheet);
          return sheet.evidence().truths();
        })
        .toArray();
  }

  private static String signed(double value) {
    String text = Html.number(Math.abs(value), 1);
    return (text.equals("0.0") ? "" : value < 0 ? "−" : "+") + text;
  }

  private void intervals() {
    page.section(
        "intervals",
        "Does the truth lie in the interval?",
        "Each bin’s mean interval (10 % to 90 %) beside the share of true outcomes in it. Most"
            + " shares should lie inside; a share that sampling error can explain counts as inside"
            + " too.");
    List<Bins.Bin> bins = Bins.of(judged, judged.all(), INTERVAL_BINS);
    double reach = bins.stream()
        .mapToDouble(bin -> Math.max(bin.high(), bin.observed()))
        .max()
        .orElse(1);
    Plot plot = new Plot(
        Plot.Axis.share("mean predicted probability", reach, isRare()),
        Plot.Axis.share("interval, and share of true outcomes", reach, isRare()));
    plot.diagonal();
    for (Bins.Bin bin : bins) {
      plot.bar("interval", bin.predicted(), bin.low(), bin.high());
      plot.dot(bin.isInsideAllowing() ? "model" : "miss", bin.predicted(), bin.observed());
    }
    page.html().raw("<div class=\"pair\">");
    page.figure(
        plot.svg("Interval coverage", "the table beside it counts the bins inside"),
        Page.key("interval", "mean interval")
            + Page.key("model", "inside, allowing for sampling error")
            + Page.key("miss", "outside"));
    page.table(
        "Bins of at least " + Bins.ROWS_MIN + " rows whose share lies in the interval",
        List.of("Rows", "Inside", "Allowing for sampling", "Median width"));
    coverage("all", judged.all());
    coverage("fragile", part(true));
    coverage("not fragile", part(false));
    page.endTable();
    page.html().raw("</div></section>");
  }

  private int[] part(boolean fragile) {
    return Arrays.stream(judged.all())
        .filter(row -> judged.rows().fragile()[row] == fragile)
        .toArray();
  }

  private void coverage(String name, int[] rows) {
    List<Bins.Bin> bins = Bins.of(judged, rows, INTERVAL_BINS);
    double[] widths = Arrays.stream(rows)
        .mapToDouble(row -> judged.rows().p90()[row] - judged.rows().p10()[row])
        .sorted()
        .toArray();
    long inside = bins.stream().filter(Bins.Bin::isInside).count();
    long allowing = bins.stream().filter(Bins.Bin::isInsideAllowing).count();
    page.row(
        name,
        inside + " of " + bins.size(),
        allowing + " of " + bins.size(),
        widths.length == 0 ? "–" : Html.number(widths[widths.length / 2], 3));
  }
}
