package dev.weir.lab.report;

import dev.weir.lab.evaluate.Evaluation;
import dev.weir.lab.evaluate.Incident;
import dev.weir.lab.evaluate.Summary;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a page says of incidents: sums by batch size, and each heavy one in the largest batches. */
final class IncidentSection {
  private static final int CAUSES_SHOWN = 2;

  private final Evaluation.Corruptions corruptions;
  private final String batching;
  private final Page page;

  private IncidentSection(Evaluation.Corruptions corruptions, String batching, Page page) {
    this.corruptions = corruptions;
    this.batching = batching;
    this.page = page;
  }

  /** Adds the section, unless no incident was tried. */
  static void add(Evaluation.Corruptions corruptions, Page page) {
    corruptions.summaries().stream()
        .reduce((first, last) -> last)
        .ifPresent(last -> new IncidentSection(corruptions, last.batching(), page).section());
  }

  private void section() {
    page.section(
        "incidents",
        "What if something breaks upstream?",
        "Wrong auto-accepts per 1,000 records received inside an incident; the thresholds of gate and"
            + " plain confidence give the same coverage on clean rows. An incident is harmless where"
            + " plain confidence errs less than 1.1 times as often as on clean rows: then holding is"
            + " for nothing. Each of the twelve families weighs the same. Weir watch beside the gate compares"
            + " windows across batches and stops all acceptance once it has noticed.");
    page.table(
        "All incidents",
        List.of(
            "In batches of",
            "Incidents",
            "Number",
            "Plain",
            "Gate",
            "Change",
            "Accepted",
            "Held",
            "With the watch",
            "Change",
            "Stopped"));
    for (Summary summary : corruptions.summaries()) {
      page.row(
          summary.batching(),
          summary.incidents(),
          String.valueOf(summary.count()),
          Html.number(summary.plain(), 1),
          Html.number(summary.gate(), 1),
          Html.signed(-100 * summary.reduction(), 0) + " %",
          Html.percent(summary.coverage(), 1),
          Html.percent(summary.held(), 1),
          Html.number(summary.watched(), 1),
          Html.signed(-100 * summary.watchedReduction(), 0) + " %",
          Html.percent(summary.stopped(), 1));
    }
    page.endTable();
    List<Incident> heavy = corruptions.incidents().stream()
        .filter(i -> i.batching().equals(batching) && i.strength().equals("heavy"))
        .toList();
    plot(heavy);
    table(heavy);
    page.endSection();
  }

  private void plot(List<Incident> incidents) {
    double reach = incidents.stream()
        .mapToDouble(i -> Math.max(i.gateWrong(), i.plainWrong()) / 1_000)
        .max()
        .orElse(1);
    Plot plot = new Plot(
        Plot.Axis.share("plain confidence: wrong auto-accepts", reach, false),
        Plot.Axis.share("gate: wrong auto-accepts", reach, false));
    plot.diagonal();
    for (Incident incident : incidents) {
      plot.dot(
          incident.isHarmless() ? "miss" : "model",
          incident.plainWrong() / 1_000,
          incident.gateWrong() / 1_000);
    }
    page.figure(
        plot.svg(
            "Heavy incidents, gate against plain",
            "one dot for each; the table below has the figures"),
        Page.key("model", "harmful, all records hit, batches of " + batching)
            + Page.key("miss", "harmless")
            + Page.key("diagonal", "no better than plain confidence"));
  }

  private void table(List<Incident> incidents) {
    page.table(
        "Heavy incidents in batches of " + batching + ", wrong auto-accepts per 1,000",
        List.of(
            "Corruption",
            "Plain",
            "Gate",
            "Error, plain",
            "Error, gate",
            "Held",
            "With the watch",
            "Stopped by",
            "Raises"));
    for (Incident incident : incidents) {
      page.row(
          incident.corruption() + (incident.isHarmless() ? " (harmless)" : ""),
          Html.number(incident.plainWrong(), 1),
          Html.number(incident.gateWrong(), 1),
          Html.percent(incident.plain().error(), 1),
          incident.gate().records() == 0 ? "–" : Html.percent(incident.gate().error(), 1),
          Html.percent(incident.heldShare(), 0),
          Html.number(incident.watchedWrong(), 1),
          largest(incident.caughtBy()),
          largest(incident.raised()));
    }
    page.endTable();
  }

  private static String largest(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(CAUSES_SHOWN)
        .map(entry -> entry.getKey() + " " + Html.percent(entry.getValue(), 0))
        .collect(Collectors.joining(", "));
  }
}
