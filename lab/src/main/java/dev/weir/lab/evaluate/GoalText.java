package dev.weir.lab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A goal and how far it is met, with the families of incidents that limit it. */
public final class GoalText {
  private final List<String> lines = new ArrayList<>();

  private GoalText() {}

  /** The lines, without an end of line. */
  public static List<String> of(Goal goal) {
    GoalText text = new GoalText();
    text.line("%s: %s", goal.policy(), goal.isMet() ? "every figure MET" : "not every figure met");
    goal.points().forEach(text::point);
    return List.copyOf(text.lines);
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void point(Goal.Point point) {
    line(
        "accuracy %.2f: plain accepts %.1f %% of clean rows, %.2f %% wrong; the gate %.1f %%, %.2f %% wrong (plain there %.2f %%); batches of %s",
        point.accuracy(),
        100 * point.plainCoverage(),
        100 * point.plainError(),
        100 * point.clean().coverage(),
        100 * point.clean().error(),
        100 * point.clean().plainError(),
        point.clean().batching());
    for (Goal.Criterion criterion : point.criteria()) {
      line(
          "  %-44s %+7.2f points, bound %+6.2f  %s",
          criterion.name(),
          100 * criterion.value(),
          100 * criterion.bound(),
          criterion.isMet() ? "MET" : "MISSED");
    }
    line(
        "  clean batches of 100 held: %d of %,d in random orders [%.2f, %.2f] %%",
        point.falseHolds().held(),
        point.falseHolds().batches(),
        100 * point.falseHolds().sampling().lower(),
        100 * point.falseHolds().sampling().upper());
    line("  incidents                    plain    gate  change   accepted   held");
    for (Summary summary : point.summaries()) {
      row(summary.incidents() + " " + summary.count(), summary);
    }
    Map<String, List<Incident>> families = new TreeMap<>();
    point
        .incidents()
        .forEach(incident ->
            families.computeIfAbsent(incident.family(), f -> new ArrayList<>()).add(incident));
    families.forEach((family, incidents) ->
        row(family, Summary.of(incidents, point.clean().batching()).get(0)));
  }

  private void row(String name, Summary summary) {
    line(
        "    %-24s %7.1f %7.1f  %+5.0f%%   %6.1f%%  %6.1f%%",
        name,
        summary.plain(),
        summary.gate(),
        -100 * summary.reduction(),
        100 * summary.coverage(),
        100 * summary.held());
  }
}
