package dev.weir.lab.report;

import dev.weir.lab.judge.Bins;
import dev.weir.lab.judge.Coverage;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.metric.RiskCoverage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How well the model does on rows that it did not see: the first four sections of the page. */
final class QualitySections {
  private static final double RARE = 0.05;
  private static final int RELIABILITY_BINS = 12;
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
    page.beginPair();
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
    page.endPair();
    page.endSection();
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
    Plot plot = Charts.risk(curve(interval), curve(plain));
    page.beginPair();
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
    page.endPair();
    page.endSection();
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
      page.beginCodeRow(slice.name(), slice.declared() ? "declared fragile" : "");
      page.verdict(slice.verdict());
      boolean any = slice.rows() > 0;
      for (String cell : List.of(
          Html.number(slice.rows(), 0),
          any ? Charts.error(slice.error(), slice.sampling()) : "–",
          Html.percent(slice.expected(), 1),
          Html.percent(slice.elsewhere(), 1),
          any ? signed(100 * slice.calibration()) + " pt" : "–",
          slice.bins() == 0 ? "–" : slice.covered() + " of " + slice.bins())) {
        page.cell(cell);
      }
      page.endRow();
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
    page.beginPair();
    Charts.intervals(page, judged, isRare());
    List<Coverage> coverages = new ArrayList<>(Coverage.of(judged));
    for (Coverage other : Coverage.of(new Judged(report.vennAbers(), bundle.threshold()))) {
      coverages.add(other.named("Venn–Abers, " + other.rows()));
    }
    Charts.coverage(
        page,
        "Bins of at least " + Bins.ROWS_MIN + " rows whose share lies in the interval; Venn–Abers"
            + " intervals of the same rows for comparison",
        coverages);
    page.endPair();
    page.endSection();
  }
}
