package dev.weir.lab.report;

import dev.weir.lab.evaluate.Evaluation;
import dev.weir.lab.evaluate.SliceSearch;
import dev.weir.lab.evaluate.Summary;
import dev.weir.lab.slice.FoundSlice;
import dev.weir.lab.slice.SliceAudit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as one page: what a person needs to decide whether a gate earns its keep. The same evaluation gives the
 * same bytes. Nothing is loaded from elsewhere, and there is no script.
 */
public final class EvaluationPage {
  /* The first few per cent of a curve say little yet. */
  private static final double COVERAGE_DRAWN_MIN = 0.05;
  private static final List<Double> COVERAGES = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

  private final Evaluation evaluation;
  private final SliceSearch search;
  private final Page page = new Page();

  private EvaluationPage(Evaluation evaluation, SliceSearch search) {
    this.evaluation = evaluation;
    this.search = search;
  }

  /** The page. */
  public static String html(Evaluation evaluation, SliceSearch search) {
    EvaluationPage page = new EvaluationPage(evaluation, search);
    page.head();
    page.tiles();
    page.riskCoverage();
    page.holds();
    page.slices();
    page.found();
    page.agreement();
    page.intervals();
    IncidentSection.add(evaluation.corruptions(), page.page);
    page.fingerprints();
    return page.page.end();
  }

  private void head() {
    Evaluation.Origin origin = evaluation.origin();
    page.head(
        "Weir: evaluation of " + origin.policy(),
        "Weir evaluation",
        origin.policy(),
        Html.number(evaluation.judged().size(), 0) + " rows of " + origin.data() + ". "
            + (origin.folds() == 0
                ? "The bundle was not trained on any of them."
                : "Each was judged by a bundle that saw neither it nor its group, one for each of "
                    + origin.folds() + " folds.")
            + " The bar is plain confidence: the same model, accepting the most confident.");
    page.raw("<p class=\"verdict-line\"><span class=\"verdict "
        + (evaluation.isWorse() ? "fragile" : "not_fragile") + "\">"
        + (evaluation.isWorse() ? "worse than plain confidence" : "not worse than plain confidence")
        + "</span> ");
    page.text("at equal coverage, gate less plain "
        + points(evaluation.comparison().accuracy().value()) + " of accuracy, 95 % interval "
        + points(evaluation.comparison().accuracy().lower()) + " to "
        + points(evaluation.comparison().accuracy().upper()) + "; the bound is "
        + points(-Evaluation.BEHIND_MAX) + ".");
    page.raw("</p>");
  }

  private static String points(double share) {
    return Html.signed(100 * share, 2) + " points";
  }

  private void tiles() {
    Evaluation.Comparison all = evaluation.comparison();
    page.beginTiles();
    page.tile("Accepted", Html.percent(all.coverage(), 1), "by the record checks");
    page.tile("Wrong among them", Html.percent(all.gateError(), 2), "the gate");
    page.tile("Wrong, plain", Html.percent(all.plainError(), 2), "at the same coverage");
    page.tile("AURC", Html.number(all.gateArea(), 4), "ordered by slack");
    page.tile("AURC, plain", Html.number(all.plainArea(), 4), "ordered by confidence");
    summary("all")
        .ifPresent(summary -> page.tile(
            "In incidents",
            Html.signed(-100 * summary.reduction(), 0) + " %",
            "wrong auto-accepts, batches of " + summary.batching() + "; "
                + Html.signed(-100 * summary.watchedReduction(), 0) + " % with the watch"));
    page.endTiles();
  }

  /** The summary of the largest batches. */
  private java.util.Optional<Summary> summary(String incidents) {
    return evaluation.corruptions().summaries().stream()
        .filter(summary -> summary.incidents().equals(incidents))
        .reduce((first, last) -> last);
  }

  private void riskCoverage() {
    page.section(
        "risk",
        "Does the gate choose better than confidence?",
        "The gate accepts the records of most slack first: those farthest from failing any check."
            + " Risk is the share of wrong ones among the accepted.");
    List<Evaluation.CurvePoint> curve = evaluation.comparison().curve();
    List<Plot.Point> gate = new ArrayList<>();
    List<Plot.Point> plain = new ArrayList<>();
    for (Evaluation.CurvePoint point : curve) {
      if (point.coverage() >= COVERAGE_DRAWN_MIN) {
        gate.add(new Plot.Point(point.coverage(), point.gate()));
        plain.add(new Plot.Point(point.coverage(), point.plain()));
      }
    }
    Plot plot = Charts.risk(gate, plain);
    plot.dot(
        "model", evaluation.comparison().coverage(), evaluation.comparison().gateError());
    page.beginPair();
    page.figure(
        plot.svg("Risk against coverage", "two curves; the table beside it has the figures"),
        Page.key("plain", "plain confidence")
            + Page.key("model", "the gate, and a dot where it stands"));
    page.table(
        "Risk at some coverages, and the area under the curve",
        List.of("Coverage", "Plain confidence", "Gate"));
    for (double coverage : COVERAGES) {
      curve.stream()
          .filter(point -> Math.abs(point.coverage() - coverage) < 1e-9)
          .forEach(point -> page.row(
              Html.percent(coverage, 0),
              Html.percent(point.plain(), 2),
              Html.percent(point.gate(), 2)));
    }
    page.row(
        "AURC",
        Html.number(evaluation.comparison().plainArea(), 4),
        Html.number(evaluation.comparison().gateArea(), 4));
    page.endTable();
    page.endPair();
    page.endSection();
  }

  private void holds() {
    page.section(
        "holds",
        "What do batches cost?",
        "Clean rows in the file’s order, in batches of several sizes. Every held batch is a false"
            + " alarm here; every audited record is a person’s work.");
    page.table(
        "By batch size",
        List.of(
            "Batches of",
            "Batches",
            "Held",
            "Accepted",
            "Wrong",
            "Wrong, plain at that coverage",
            "Audited",
            "Waiting in holds",
            "Reviewed blind"));
    for (Evaluation.HoldRow row : evaluation.holds()) {
      page.row(
          row.batching(),
          Html.number(row.batches(), 0),
          Html.percent(row.heldShare(), 1),
          Html.percent(row.coverage(), 1),
          Html.percent(row.error(), 2),
          Html.percent(row.plainError(), 2),
          Html.percent(row.audited(), 1),
          Html.percent(row.heldRecords(), 1),
          Html.percent(row.blind(), 2));
    }
    page.endTable();
    page.endSection();
  }

  private void slices() {
    page.section(
        "slices",
        "Are the fragile slices fragile?",
        "A slice is fragile if the model errs there more often than its own confidence expects, beyond"
            + " sampling error. Cost is the coverage that its being in the policy’s union takes, or"
            + " would take.");
    page.table(
        "Each flag of the policy",
        List.of(
            "Slice",
            "Rows",
            "Wrong (95 %)",
            "Expected",
            "Bins in interval",
            "Accepted",
            "Wrong among them",
            "Cost",
            "Verdict"));
    for (Evaluation.SliceRow row : evaluation.slices()) {
      SliceAudit.Slice audit = row.audit();
      boolean any = audit.rows() > 0;
      page.beginCodeRow(audit.name(), row.isFragile() ? "in the union" : "");
      for (String cell : List.of(
          Html.number(audit.rows(), 0),
          any ? Charts.error(audit.error(), audit.sampling()) : "–",
          Html.percent(audit.expected(), 1),
          audit.bins() == 0 ? "–" : audit.covered() + " of " + audit.bins(),
          Html.number(row.acceptedRows(), 0),
          row.acceptedRows() == 0 ? "–" : Html.percent(row.acceptedError(), 1),
          Html.percent(row.cost(), 2))) {
        page.cell(cell);
      }
      page.verdict(audit.verdict());
      page.endRow();
    }
    page.endTable();
    page.endSection();
  }

  private void found() {
    page.section(
        "found",
        "Which slices do the data bear out?",
        "Conjunctions of up to three conditions, found on one half of the groups and tested once on the"
            + " other, either way round, and corrected for all that were tested. Excess is the error beyond 1 − confidence:"
            + " what the model does not know of itself. Only that tells a gate something new.");
    for (FoundSlice.Lift lift : FoundSlice.Lift.values()) {
      List<FoundSlice> own =
          search.found().stream().filter(slice -> slice.lift() == lift).toList();
      List<FoundSlice> confirmed = own.stream().filter(FoundSlice::isConfirmed).toList();
      page.table(
          "By " + (lift == FoundSlice.Lift.ERROR ? "error" : "error beyond confidence") + ": "
              + confirmed.size() + " of " + own.size() + " confirmed; figures of the other half",
          List.of("Slice", "Rows", "Wrong", "Lift", "Expected", "Excess", "Corrected p"));
      for (FoundSlice slice : confirmed) {
        page.row(
            String.join(" ∧ ", slice.conditions()),
            Html.number(slice.other().rows(), 0),
            Html.percent(slice.other().error(), 1),
            Html.number(slice.other().lift(), 2),
            Html.percent(slice.other().expected(), 1),
            Html.signed(100 * slice.other().excess(), 1) + " pt",
            String.format(Locale.ROOT, "%.0e", slice.p()));
      }
      page.endTable();
    }
    page.raw("<details><summary>As flags of a policy</summary><pre class=\"yaml\">");
    page.text(String.join("\n", search.yaml(evaluation.origin().data())));
    page.raw("</pre></details>");
    page.endSection();
  }

  private void agreement() {
    page.section(
        "agreement",
        "Does agreement tell errors?",
        "Rows by how far the fallback’s probability is from the model’s, and by how many members"
            + " predict its class. Where the dots follow the dashes, confidence knows already.");
    page.beginPair();
    agreement("fallback", "difference of the fallback", "Fallback and errors");
    agreement("members", "share of members that disagree", "Members and errors");
    page.endPair();
    page.endSection();
  }

  private void agreement(String model, String axis, String title) {
    List<Evaluation.AgreementRow> rows =
        evaluation.agreement().stream().filter(row -> row.model().equals(model)).toList();
    double widest = rows.stream().mapToDouble(row -> at(model, row)).max().orElse(1);
    double reach = rows.stream()
        .mapToDouble(row -> Math.max(row.error(), row.expected()))
        .max()
        .orElse(1);
    Plot plot = new Plot(
        Plot.Axis.share(axis, widest, false), Plot.Axis.share("share wrong", reach, false));
    List<Plot.Point> expected = new ArrayList<>();
    for (Evaluation.AgreementRow row : rows) {
      plot.bar("whisker", at(model, row), row.sampling().lower(), row.sampling().upper());
      plot.dot("model", at(model, row), row.error());
      expected.add(new Plot.Point(at(model, row), row.expected()));
    }
    expected.sort(Comparator.comparingDouble(Plot.Point::x));
    plot.line("plain", expected);
    page.figure(
        plot.svg(title, rows.size() + " parts"),
        Page.key("model", "wrong")
            + Page.key("whisker", "95 %")
            + Page.key("plain", "expected by confidence"));
  }

  private static double at(String model, Evaluation.AgreementRow row) {
    return model.equals("members") ? 1 - row.from() : (row.from() + row.to()) / 2;
  }

  private void intervals() {
    page.section(
        "intervals",
        "Does the truth lie in the interval?",
        "Each bin’s mean interval (10 % to 90 %) beside the share of true outcomes in it.");
    page.beginPair();
    Charts.intervals(page, evaluation.judged(), false);
    Charts.coverage(page, "Bins whose share lies in the interval", evaluation.intervals());
    page.endPair();
    page.endSection();
  }

  private void fingerprints() {
    Evaluation.Origin origin = evaluation.origin();
    page.section(
        "fingerprints",
        "Which run was this?",
        "The same rows, bundle, policy and seed give the same figures on the same machine.");
    page.table("Fingerprints (SHA-256) and settings", List.of("What", "Value"));
    page.wide("bundle", origin.bundle().hex());
    page.wide("policy", origin.policyFingerprint().hex());
    page.wide("sorted ids of the judged rows", origin.rows().hex());
    page.wide("folds", String.valueOf(origin.folds()));
    page.wide("batch size of curves and slices", String.valueOf(origin.batchSize()));
    page.endTable();
    page.endSection();
  }
}
