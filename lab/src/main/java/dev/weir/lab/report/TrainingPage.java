package dev.weir.lab.report;

import dev.weir.lab.judge.Bins;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.metric.RiskCoverage;
import dev.weir.model.score.MainModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A training run as one page: what a person needs to decide whether a bundle may stand behind a gate.
 * The same run gives the same bytes. Nothing is loaded from elsewhere, and there is no script.
 *
 * <p>Long because it is the page from top to bottom, a method for each section.
 */
public final class TrainingPage {
  private static final double RARE = 0.05;
  private static final int SOURCES_SHOWN = 12;
  private static final int RELIABILITY_BINS = 12;
  private static final int INTERVAL_BINS = 20;
  /* The first few rows of a curve say nothing yet. */
  private static final double COVERAGE_DRAWN_MIN = 0.02;
  private static final int POINTS_MAX = 200;
  private static final double[] COVERAGES = {0.5, 0.7, 0.8, 0.9, 1};

  private final TrainingReport report;
  private final List<RawRecord> records;
  private final Bundle bundle;
  private final Judged judged;
  private final Html page = new Html();

  private TrainingPage(TrainingReport report, List<RawRecord> records) {
    this.report = report;
    this.records = records;
    this.bundle = report.bundle();
    this.judged = new Judged(report.outOfFold(), bundle.threshold());
  }

  /**
   * The page.
   *
   * @param records the training records, in the order in which they were trained on
   * @param data the name of the file that they came from
   */
  public static String html(TrainingReport report, List<RawRecord> records, String data) {
    TrainingPage page = new TrainingPage(report, records);
    page.head(data);
    page.summary();
    page.reliability();
    page.riskCoverage();
    page.slices();
    page.intervals();
    page.choices();
    page.sources();
    page.fingerprints(data);
    return page.page.raw("</main></body></html>\n").toString();
  }

  private void head(String data) {
    String name = bundle.definition().domain().name();
    page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">")
        .element("title", "Weir: training of " + name)
        .raw("<style>" + style() + "</style></head><body><main><header>")
        .element("p class=\"kicker\"", "Weir training report")
        .element("h1", name);
    page.raw("<p class=\"lead\">")
        .text(Html.number(bundle.parts().training().rows(), 0) + " labelled rows of " + data + ", "
            + Html.percent(judged.baseRate(), 1) + " of them true. A row is predicted true from a"
            + " probability of " + bundle.threshold() + ". Every figure of the first four sections"
            + " is out of fold: said of each row by what was not fitted to it or its group. "
            + foreign())
        .raw("</p></header>");
  }

  /** What Weir cannot know of a model that it did not train. */
  private String foreign() {
    return bundle.parts().model() instanceof MainModel.Native
        ? ""
        : "The model itself was trained elsewhere; that it has not seen these rows is for whoever"
            + " brought it to know.";
  }

  private static String style() {
    try (InputStream in = TrainingPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new AssertionError("report.css is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void summary() {
    Map<String, Double> quality = bundle.parts().training().quality();
    page.raw("<dl class=\"tiles\">");
    tile("AUC", quality.get("auc"), 4, "ranking; 0.5 is chance");
    tile("Brier score", quality.get("brier"), 4, "squared error; lower is better");
    tile("Calibration error", quality.get("ece"), 4, "ECE of ten equal widths");
    tile("Accuracy", quality.get("accuracy"), 4, "at the threshold");
    tile("Fallback", quality.get("glmAccuracy"), 4, "accuracy of the elastic net");
    tile(
        "AURC",
        judged.byPlainConfidence().area().orElse(Double.NaN),
        4,
        "mean risk over all coverages");
    page.raw("</dl>");
  }

  private void tile(
      String name, @org.jspecify.annotations.Nullable Double value, int decimals, String meaning) {
    page.raw("<div>")
        .element("dt", name)
        .raw("<dd><strong>")
        .text(value == null ? "–" : Html.number(value, decimals))
        .raw("</strong>")
        .element("span", meaning)
        .raw("</dd></div>");
  }

  private void section(String id, String title, String text) {
    page.raw("<section aria-labelledby=\"" + id + "\">")
        .element("h2 id=\"" + id + "\"", title)
        .element("p", text);
  }

  private void figure(String svg, String caption) {
    page.raw("<figure>" + svg).raw("<figcaption>" + caption + "</figcaption></figure>");
  }

  private static String key(String style, String text) {
    return "<span class=\"key " + style + "\"></span>" + Html.escaped(text) + " ";
  }

  /** Whether most probabilities crowd near 0, so that the axes must give them room. */
  private boolean isRare() {
    return judged.baseRate() < RARE;
  }

  private void reliability() {
    section(
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
    page.raw("<div class=\"pair\">");
    figure(
        plot.svg("Reliability diagram", bins.size() + " bins; the table beside it has the figures"),
        key("model", "share of true outcomes")
            + key("whisker", "95 % by sampling error")
            + key("diagonal", "perfectly calibrated"));
    table("Bins by probability, from low to high", List.of("Rows", "Predicted", "Happened"));
    for (Bins.Bin bin : bins) {
      row(
          Html.number(bin.rows(), 0),
          Html.percent(bin.predicted(), 1),
          Html.percent(bin.observed(), 1));
    }
    endTable();
    page.raw("</div></section>");
  }

  private void riskCoverage() {
    section(
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
    page.raw("<div class=\"pair\">");
    figure(
        plot.svg("Risk against coverage", "two curves; the table beside it has the figures"),
        key("plain", "plain confidence") + key("model", "near end of the interval"));
    table(
        "Risk at some coverages, and the area under the curve (AURC)",
        List.of("Coverage", "Plain confidence", "Interval"));
    for (double coverage : COVERAGES) {
      row(
          Html.percent(coverage, 0),
          Html.percent(plain.riskAt(coverage).orElse(Double.NaN), 2),
          Html.percent(interval.riskAt(coverage).orElse(Double.NaN), 2));
    }
    row(
        "AURC",
        Html.number(plain.area().orElse(Double.NaN), 4),
        Html.number(interval.area().orElse(Double.NaN), 4));
    endTable();
    page.raw("</div></section>");
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
    section(
        "slices",
        "Are the fragile slices fragile?",
        "A slice is fragile if the model errs there more often than its own probabilities expect,"
            + " beyond sampling error. A declared slice that is not costs coverage for nothing.");
    table(
        "Each flag of the domain",
        List.of(
            "Slice",
            "Rows",
            "Wrong inside (95 %)",
            "The model expects",
            "Wrong outside",
            "Predicted less happened",
            "Bins in interval",
            "Verdict"));
    for (SliceAudit.Slice slice : SliceAudit.of(
        judged, bundle.definition().flags(), truths(), bundle.definition().fragile())) {
      page.raw("<tr><th scope=\"row\"><code>")
          .text(slice.name())
          .raw("</code>"
              + (slice.declared() ? "<span class=\"declared\">declared fragile</span>" : "")
              + "</th>");
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
        page.element("td", cell);
      }
      String style = slice.verdict().name().toLowerCase(java.util.Locale.ROOT);
      page.raw("<td><span class=\"verdict " + style + "\">")
          .text(slice.verdict().words)
          .raw("</span></td></tr>");
    }
    endTable();
    page.raw("</section>");
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
    section(
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
    page.raw("<div class=\"pair\">");
    figure(
        plot.svg("Interval coverage", "the table beside it counts the bins inside"),
        key("interval", "mean interval")
            + key("model", "inside, allowing for sampling error")
            + key("miss", "outside"));
    table(
        "Bins of at least " + Bins.ROWS_MIN + " rows whose share lies in the interval",
        List.of("Rows", "Inside", "Allowing for sampling", "Median width"));
    coverage("all", judged.all());
    coverage("fragile", part(true));
    coverage("not fragile", part(false));
    endTable();
    page.raw("</div></section>");
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
    row(
        name,
        inside + " of " + bins.size(),
        allowing + " of " + bins.size(),
        widths.length == 0 ? "–" : Html.number(widths[widths.length / 2], 3));
  }

  private void choices() {
    section(
        "choices",
        "What was chosen, and against what?",
        "Both choices were made by folds that never split a group.");
    page.raw("<div class=\"pair\">");
    CalibratorChoice choice = report.calibrator();
    table(
        "Calibrators by out-of-fold Brier score; the lowest is used",
        List.of("Kind", "Brier score"));
    choice
        .brierScores()
        .forEach((kind, score) -> row(
            kind.name().toLowerCase(java.util.Locale.ROOT)
                + (kind == choice.kind() ? " (chosen)" : ""),
            Html.number(score, 6)));
    endTable();
    ElasticNetChoice glm = report.glm();
    List<ElasticNetChoice.Point> path = glm.path();
    ElasticNetChoice.Point best = path.stream()
        .min(Comparator.comparingDouble(ElasticNetChoice.Point::logLoss))
        .orElseThrow();
    table("The fallback: an elastic net over the penalties tried", List.of("Figure", "Value"));
    row("penalties tried", String.valueOf(path.size()));
    row(
        "strongest … weakest λ",
        small(path.get(0).lambda()) + " … " + small(path.get(path.size() - 1).lambda()));
    row("chosen λ", small(glm.fit().lambda()));
    row("log loss at the strongest", Html.number(path.get(0).logLoss(), 5));
    row("log loss at the best", Html.number(best.logLoss(), 5));
    row(
        "coefficients that are not 0",
        glm.fit().model().nonzero() + " of " + glm.fit().model().columns());
    endTable();
    page.raw("</div></section>");
  }

  private static String small(double value) {
    return String.format(java.util.Locale.ROOT, "%.2e", value);
  }

  private void sources() {
    if (bundle.sources().isEmpty()) {
      section(
          "sources",
          "What drives the model?",
          "The model stays elsewhere and its records bring no contributions, so Weir cannot say; caps"
              + " on single sources do not apply.");
      page.raw("</section>");
      return;
    }
    section(
        "sources",
        "What drives the model?",
        "Mean absolute contribution of each source to the margin, in logits, over these rows. A"
            + " gate’s caps limit how far one source may go.");
    double[] means = contributions();
    Integer[] order = IntStream.range(0, means.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer j) -> -means[j]));
    double largest = Math.max(1e-12, means[order[0]]);
    table(
        "The " + Math.min(SOURCES_SHOWN, order.length) + " largest of " + order.length + " sources",
        List.of("Source", "Mean |contribution|", ""));
    for (int k = 0; k < Math.min(SOURCES_SHOWN, order.length); k++) {
      double mean = means[order[k]];
      page.raw("<tr><th scope=\"row\"><code>")
          .text(bundle.sources().get(order[k]))
          .raw("</code></th>")
          .element("td", Html.number(mean, 3))
          .raw("<td class=\"wide\"><span class=\"share\" style=\"width:"
              + String.format(java.util.Locale.ROOT, "%.1f", 100 * mean / largest)
              + "%\"></span></td></tr>");
    }
    endTable();
    page.raw("</section>");
  }

  private double[] contributions() {
    double[] sums = new double[bundle.sources().size()];
    RecordSheet sheet = bundle.sheet();
    for (RawRecord record : records) {
      bundle.read(record, sheet);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += Math.abs(sheet.score().contribution(j));
      }
    }
    return Arrays.stream(sums).map(sum -> sum / records.size()).toArray();
  }

  private void fingerprints(String data) {
    DomainDefinition definition = bundle.definition();
    section(
        "fingerprints",
        "Which run was this?",
        "The same rows, domain and seed give the same bundle, to the byte, on the same machine.");
    table("Fingerprints (SHA-256) and settings", List.of("What", "Value"));
    fingerprint("bundle", bundle.fingerprint().hex());
    fingerprint("sorted ids of " + data, bundle.parts().training().data().hex());
    fingerprint("domain file", Fingerprint.of(definition.text()).hex());
    setting("seed", String.valueOf(bundle.parts().training().seed()));
    setting("main model", model());
    setting(
        "columns",
        bundle.columns().size() + " of the domain " + definition.domain().name());
    setting("rows judged out of fold", Html.number(judged.size(), 0));
    endTable();
    page.raw("</section>");
  }

  private String model() {
    if (bundle.parts().model() instanceof MainModel.Native trees) {
      return trees.ensemble().memberCount() + " members, trained here";
    }
    if (bundle.parts().model() instanceof MainModel.Imported trees) {
      return trees.ensemble().memberCount() + " members, imported";
    }
    return "external: each record brings its probability";
  }

  private void fingerprint(String name, String hex) {
    page.raw("<tr>")
        .element("th scope=\"row\"", name)
        .raw("<td class=\"wide\"><code>")
        .text(hex)
        .raw("</code></td></tr>");
  }

  private void setting(String name, String value) {
    page.raw("<tr>")
        .element("th scope=\"row\"", name)
        .element("td class=\"wide\"", value)
        .raw("</tr>");
  }

  private void table(String caption, List<String> columns) {
    page.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\""
            + Html.escaped(caption) + "\"><table>")
        .element("caption", caption)
        .raw("<thead><tr>");
    for (String column : columns) {
      page.raw(
          column.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + Html.escaped(column) + "</th>");
    }
    page.raw("</tr></thead><tbody>");
  }

  private void row(String name, String... cells) {
    page.raw("<tr>").element("th scope=\"row\"", name);
    for (String cell : cells) {
      page.element("td", cell);
    }
    page.raw("</tr>");
  }

  private void endTable() {
    page.raw("</tbody></table></div>");
  }
}
