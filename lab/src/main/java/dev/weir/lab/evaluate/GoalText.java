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
    text.line(
        "%s alone: %s; with weir watch beside it: %s",
        goal.policy(), met(goal.isMetAlone()), met(goal.isMetWatched()));
    goal.points().forEach(text::point);
    return List.copyOf(text.lines);
  }

  private static String met(boolean isMet) {
    return isMet ? "every figure MET" : "not every figure met";
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
        100 * point.orders().coverage(),
        100 * point.orders().error(),
        100 * point.clean().plainError(),
        point.clean().batching());
    line("  points                                        bound   policy alone    with the watch");
    List<Goal.Criterion> watched = point.watched();
    for (Goal.Criterion alone : point.alone()) {
      Goal.Criterion beside = watched.get(point.alone().indexOf(alone));
      line(
          "  %-43s %+7.2f  %s   %s",
          alone.name(), 100 * alone.bound(), reached(alone), reached(beside));
    }
    line(
        "  clean batches of 100 held: %d of %,d in random orders [%.2f, %.2f] %%",
        point.falseHolds().held(),
        point.falseHolds().batches(),
        100 * point.falseHolds().sampling().lower(),
        100 * point.falseHolds().sampling().upper());
    line(
        "  the watch stopped %d of %d clean streams in random orders (%.2f %% of records came after), %d of %d in their own",
        point.falseStops().stops(),
        point.falseStops().streams(),
        100 * point.falseStops().share(),
        point.ownOrder().stops(),
        point.ownOrder().streams());
    line(
        "  %-26s %23s   %15s     of the first %d records",
        String.format(Locale.ROOT, "incidents of %,d records", point.recordsOfAStream()),
        "policy alone",
        "with the watch",
        Incident.BEGINNING);
    line(
        "  %-26s %7s %7s %7s   %7s %7s   %7s %7s %7s   %6s %7s",
        "", "plain", "wrong", "change", "wrong", "change", "plain", "alone", "watch", "held",
        "stopped");
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
    repaired("all", point.incidents());
    families.forEach(this::repaired);
  }

  private void repaired(String name, List<Incident> incidents) {
    Incident.Repaired sum = incidents.stream()
        .map(Incident::repaired)
        .reduce(Incident.Repaired.NONE, Incident.Repaired::plus);
    if (sum.received() > 0) {
      line(
          "    repair, %-19s of %,d after an order, holds left aside: accepted as they came %.1f %%, %.1f %% wrong; without the field blamed %.1f %%, %.1f %% wrong",
          name,
          sum.received(),
          100.0 * sum.asTheyCame().records() / sum.received(),
          100 * sum.asTheyCame().error(),
          100.0 * sum.withoutTheField().records() / sum.received(),
          100 * sum.withoutTheField().error());
    }
  }

  private static String reached(Goal.Criterion criterion) {
    return String.format(
        Locale.ROOT, "%+7.2f %-6s", 100 * criterion.value(), criterion.isMet() ? "MET" : "MISSED");
  }

  private void row(String name, Summary summary) {
    line(
        "    %-24s %7.1f %7.1f %+6.0f%%   %7.1f %+6.0f%%   %7.1f %+6.0f%% %+6.0f%%   %5.1f%% %6.1f%%",
        name,
        summary.plain(),
        summary.gate(),
        -100 * summary.reduction(),
        summary.watched(),
        -100 * summary.watchedReduction(),
        summary.early().plain(),
        -100 * summary.early().reduction(),
        -100 * summary.early().watchedReduction(),
        100 * summary.held(),
        100 * summary.stopped());
  }
}
