package dev.weir.lab.evaluate;

import dev.weir.lab.judge.Coverage;
import dev.weir.lab.slice.SliceAudit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An evaluation on one screen. */
public final class EvaluationText {
  private static final int INCIDENTS_SHOWN = 5;

  private final List<String> lines = new ArrayList<>();

  private EvaluationText() {}

  /** The lines, without an end of line. */
  public static List<String> of(Evaluation evaluation) {
    EvaluationText text = new EvaluationText();
    text.head(evaluation);
    text.comparison(evaluation);
    text.holds(evaluation.holds());
    text.slices(evaluation.slices());
    text.agreement(evaluation.agreement());
    text.intervals(evaluation.intervals());
    text.corruptions(evaluation.corruptions());
    return List.copyOf(text.lines);
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void head(Evaluation evaluation) {
    Evaluation.Origin origin = evaluation.origin();
    line(
        "%s on %s: %,d rows, %s",
        origin.policy(),
        origin.data(),
        evaluation.judged().size(),
        origin.folds() == 0
            ? "which bundle " + origin.bundle().abbreviated() + " has not seen"
            : "out of fold by group, " + origin.folds() + " folds");
  }

  private void comparison(Evaluation evaluation) {
    Evaluation.Comparison all = evaluation.comparison();
    line(
        "accepts %.1f %% with %.2f %% wrong; plain confidence at that coverage %.2f %% wrong",
        100 * all.coverage(), 100 * all.gateError(), 100 * all.plainError());
    line(
        "  accuracy, gate less plain  %+.2f points [%+.2f, %+.2f]   AURC %.4f against %.4f, %+.4f [%+.4f, %+.4f]",
        100 * all.accuracy().value(),
        100 * all.accuracy().lower(),
        100 * all.accuracy().upper(),
        all.gateArea(),
        all.plainArea(),
        all.area().value(),
        all.area().lower(),
        all.area().upper());
    line(
        evaluation.isWorse()
            ? "  WORSE than plain confidence at equal coverage: the interval reaches below %.1f points"
            : "  not worse than plain confidence at equal coverage: the interval ends above %.1f points",
        -100 * Evaluation.BEHIND_MAX);
  }

  private void holds(List<Evaluation.HoldRow> rows) {
    line("batches of   held  accepted    wrong    plain  audited  waiting");
    for (Evaluation.HoldRow row : rows) {
      line(
          "  %-7s %6.1f%%   %6.1f%%  %6.2f%%  %6.2f%%  %6.1f%%  %6.1f%%",
          row.batching(),
          100 * row.heldShare(),
          100 * row.coverage(),
          100 * row.error(),
          100 * row.plainError(),
          100 * row.audited(),
          100 * row.heldRecords());
    }
  }

  private void slices(List<Evaluation.SliceRow> rows) {
    line("slice (* in the union)     rows    wrong expected accepted    wrong  cost   verdict");
    for (Evaluation.SliceRow row : rows) {
      SliceAudit.Slice audit = row.audit();
      line(
          "  %-23s%s%6d  %s %s %7d  %s %5.1f%%  %s",
          audit.name(),
          row.isFragile() ? "*" : " ",
          audit.rows(),
          percent(audit.rows(), audit.error()),
          percent(audit.rows(), audit.expected()),
          row.acceptedRows(),
          percent(row.acceptedRows(), row.acceptedError()),
          100 * row.cost(),
          audit.verdict().name());
    }
  }

  private static String percent(int rows, double share) {
    return rows == 0 ? "      –" : String.format(Locale.ROOT, "%6.1f%%", 100 * share);
  }

  private void agreement(List<Evaluation.AgreementRow> rows) {
    List<Evaluation.AgreementRow> fallback =
        rows.stream().filter(row -> row.model().equals("fallback")).toList();
    List<Evaluation.AgreementRow> members =
        rows.stream().filter(row -> row.model().equals("members")).toList();
    if (!fallback.isEmpty()) {
      Evaluation.AgreementRow near = fallback.get(0);
      Evaluation.AgreementRow far = fallback.get(fallback.size() - 1);
      line(
          "wrong (expected): fallback nearest tenth %.1f %% (%.1f %%), farthest %.1f %% (%.1f %%)",
          100 * near.error(), 100 * near.expected(), 100 * far.error(), 100 * far.expected());
    }
    if (!members.isEmpty()) {
      Evaluation.AgreementRow all = members.get(members.size() - 1);
      line(
          "                  members agree by %.0f %%: %,d rows, %.1f %% (%.1f %%)",
          100 * all.from(), all.rows(), 100 * all.error(), 100 * all.expected());
    }
  }

  private void intervals(List<Coverage> rows) {
    lines.add(rows.stream()
        .map(row -> String.format(
            Locale.ROOT, "%s %d (%d) of %d", row.rows(), row.inside(), row.allowing(), row.bins()))
        .collect(Collectors.joining(
            ", ", "bins with their outcomes in the interval (or nearly): ", "")));
  }

  private void corruptions(Evaluation.Corruptions corruptions) {
    if (corruptions.summaries().isEmpty()) {
      return;
    }
    line("incidents: wrong auto-accepts per 1,000, thresholds of equal clean coverage");
    line(
        "  in batches of             plain    gate  change   accepted   held   with weir watch, change, stopped");
    for (Summary summary : corruptions.summaries()) {
      line(
          "  %-5s %-9s %4d      %7.1f %7.1f  %+5.0f%%   %6.1f%%  %6.1f%%          %7.1f  %+5.0f%%  %6.1f%%",
          summary.batching(),
          summary.incidents(),
          summary.count(),
          summary.plain(),
          summary.gate(),
          -100 * summary.reduction(),
          100 * summary.coverage(),
          100 * summary.held(),
          summary.watched(),
          -100 * summary.watchedReduction(),
          100 * summary.stopped());
    }
    String last =
        corruptions.summaries().get(corruptions.summaries().size() - 1).batching();
    line("  most wrong auto-accepts left, batches of %s (heaviest first):", last);
    corruptions.incidents().stream()
        .filter(incident -> incident.batching().equals(last))
        .sorted(Comparator.comparingDouble(incident -> -incident.gateWrong()))
        .limit(INCIDENTS_SHOWN)
        .forEach(this::incident);
  }

  private void incident(Incident incident) {
    line(
        "    %-32s %-6s plain %5.1f  gate %5.1f  held %3.0f%%  with the watch %5.1f",
        incident.corruption(),
        incident.strength(),
        incident.plainWrong(),
        incident.gateWrong(),
        100 * incident.heldShare(),
        incident.watchedWrong());
  }
}
