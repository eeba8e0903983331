package dev.weir.lab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Incidents of one batch size, every family with the same weight: means over the families of the means over their
 * incidents.
 *
 * @param incidents which: {@code all}, {@code harmful}, {@code harmless}, or a strength
 * @param plain wrong auto-accepts per 1,000 received, plain confidence at equal clean coverage
 * @param gate the same of the gate
 * @param coverage the share of records that the gate accepts inside
 * @param held the share of records in held batches
 * @param watched wrong auto-accepts per 1,000 received of the gate with its watch
 * @param stopped the share of records in held batches or after the watch's stop
 * @param early the same means over the first records
 */
public record Summary(
    String batching,
    String incidents,
    int count,
    double plain,
    double gate,
    double coverage,
    double held,
    double watched,
    double stopped,
    Early early) {
  /** Wrong auto-accepts per 1,000 of the first {@value Incident#BEGINNING} records of each stream. */
  public record Early(double plain, double gate, double watched) {
    private static final double PER = 1_000;

    private static Early of(List<Incident> incidents) {
      return new Early(
          mean(incidents, i -> per(i, i.early().plain())),
          mean(incidents, i -> per(i, i.early().gate())),
          mean(incidents, i -> per(i, i.early().watched())));
    }

    private static double per(Incident incident, int wrong) {
      int received = incident.early().received();
      return received == 0 ? 0 : PER * wrong / received;
    }

    /** By how much the gate lowers them, a share. */
    public double reduction() {
      return Summary.reduction(plain, gate);
    }

    /** By how much the gate with its watch does. */
    public double watchedReduction() {
      return Summary.reduction(plain, watched);
    }
  }

  /** By how much the gate lowers wrong auto-accepts, a share; negative where it raises them. */
  public double reduction() {
    return reduction(plain, gate);
  }

  /** By how much the gate with its watch does. */
  public double watchedReduction() {
    return reduction(plain, watched);
  }

  private static double reduction(double plain, double left) {
    return plain == 0 ? 0 : 1 - left / plain;
  }

  static List<Summary> of(List<Incident> incidents, String batching) {
    List<Summary> summaries = new ArrayList<>();
    List<Incident> own =
        incidents.stream().filter(i -> i.batching().equals(batching)).toList();
    add(summaries, own, batching, "all", i -> true);
    add(summaries, own, batching, "harmful", i -> !i.isHarmless());
    add(summaries, own, batching, "harmless", Incident::isHarmless);
    own.stream()
        .map(Incident::strength)
        .distinct()
        .forEach(strength ->
            add(summaries, own, batching, strength, i -> i.strength().equals(strength)));
    return summaries;
  }

  private static void add(
      List<Summary> summaries,
      List<Incident> incidents,
      String batching,
      String name,
      Predicate<Incident> condition) {
    List<Incident> chosen = incidents.stream().filter(condition).toList();
    summaries.add(new Summary(
        batching,
        name,
        chosen.size(),
        mean(chosen, Incident::plainWrong),
        mean(chosen, Incident::gateWrong),
        mean(chosen, i -> i.received() == 0 ? 0 : i.gate().records() / (double) i.received()),
        mean(chosen, Incident::heldShare),
        mean(chosen, Incident::watchedWrong),
        mean(chosen, i -> i.received() == 0 ? 0 : i.watched().stopped() / (double) i.received()),
        Early.of(chosen)));
  }

  private static double mean(List<Incident> incidents, ToDoubleFunction<Incident> figure) {
    Map<String, List<Incident>> families = new TreeMap<>();
    incidents.forEach(
        i -> families.computeIfAbsent(i.family(), f -> new ArrayList<>()).add(i));
    return families.values().stream()
        .mapToDouble(family -> family.stream().mapToDouble(figure).average().orElse(0))
        .average()
        .orElse(0);
  }
}
