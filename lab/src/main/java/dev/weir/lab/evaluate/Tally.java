package dev.weir.lab.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one arm, or all of them, counted. */
record Tally(
    String family,
    String corruption,
    String strength,
    String point,
    String batching,
    int received,
    int hit,
    Incident.Accepted gate,
    Incident.Accepted plain,
    double cleanError,
    int held,
    Incident.Watched watched,
    Incident.Repaired repaired,
    Incident.Early early,
    Map<String, Integer> caughtBy,
    Map<String, Integer> raised) {
  String key() {
    return corruption + " " + strength + " " + batching + " " + point;
  }

  Tally plus(Tally other) {
    return new Tally(
        family,
        corruption,
        strength,
        point,
        batching,
        received + other.received,
        hit + other.hit,
        gate.plus(other.gate),
        plain.plus(other.plain),
        cleanError,
        held + other.held,
        new Incident.Watched(
            watched.accepted().plus(other.watched.accepted()),
            watched.stopped() + other.watched.stopped(),
            watched.streams() + other.watched.streams(),
            watched.ordered() + other.watched.ordered()),
        repaired.plus(other.repaired),
        new Incident.Early(
            early.received() + other.early.received(),
            early.plain() + other.early.plain(),
            early.gate() + other.early.gate(),
            early.watched() + other.early.watched()),
        sum(caughtBy, other.caughtBy),
        sum(raised, other.raised));
  }

  private static Map<String, Integer> sum(Map<String, Integer> a, Map<String, Integer> b) {
    Map<String, Integer> sum = new HashMap<>(a);
    b.forEach((key, count) -> sum.merge(key, count, Integer::sum));
    return sum;
  }

  Incident incident() {
    int caught = caughtBy.values().stream().mapToInt(Integer::intValue).sum();
    return new Incident(
        family,
        corruption,
        strength,
        point,
        batching,
        received,
        hit,
        gate,
        plain,
        cleanError,
        held,
        watched,
        repaired,
        early,
        shares(caughtBy, caught),
        shares(raised, hit));
  }

  private static Map<String, Double> shares(Map<String, Integer> counts, int of) {
    Map<String, Double> shares = new TreeMap<>();
    counts.forEach((key, count) -> shares.put(key, count / (double) of));
    return shares;
  }
}
