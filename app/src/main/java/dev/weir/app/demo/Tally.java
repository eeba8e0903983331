package dev.weir.app.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came out so far, by release. Guarded by itself: one thread counts, another one shows. */
final class Tally {
  private final Map<String, Map<String, Integer>> routes = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> reasons = new LinkedHashMap<>();
  private final Map<String, Integer> holds = new LinkedHashMap<>();
  private final Map<String, Integer> deadLetters = new TreeMap<>();
  private final Map<String, Integer> alerts = new TreeMap<>();
  private final Map<String, int[]> accepted = new LinkedHashMap<>();
  private final List<Long> latencies = new ArrayList<>();
  private String release = "none";
  private int decisions;

  /**
   * A decision that a consumer read.
   *
   * @param latencyMs since the record was produced; negative where its batch waited for silence
   * @param right whether the prediction is the label
   */
  synchronized void decision(
      String version, String route, List<String> why, long latencyMs, boolean right) {
    release = version;
    decisions++;
    routes.computeIfAbsent(version, key -> new TreeMap<>()).merge(route, 1, Integer::sum);
    Map<String, Integer> counts = reasons.computeIfAbsent(version, key -> new TreeMap<>());
    why.forEach(reason -> counts.merge(reason, 1, Integer::sum));
    if (latencyMs >= 0) {
      latencies.add(latencyMs);
    }
    if (route.equals("AUTO_ACCEPT")) {
      int[] counted = accepted.computeIfAbsent(version, key -> new int[2]);
      counted[0]++;
      counted[1] += right ? 1 : 0;
    }
  }

  synchronized void hold(String version) {
    holds.merge(version, 1, Integer::sum);
  }

  synchronized void deadLetter(String cause) {
    deadLetters.merge(cause, 1, Integer::sum);
  }

  synchronized void alert(String kind) {
    alerts.merge(kind, 1, Integer::sum);
  }

  /** A copy that nobody changes. */
  synchronized Snapshot snapshot() {
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    Map<String, Map<String, Integer>> routesCopy = new LinkedHashMap<>();
    routes.forEach((version, counts) -> routesCopy.put(version, new TreeMap<>(counts)));
    Map<String, Map<String, Integer>> reasonsCopy = new LinkedHashMap<>();
    reasons.forEach((version, counts) -> reasonsCopy.put(version, new TreeMap<>(counts)));
    Map<String, Double> accuracy = new LinkedHashMap<>();
    accepted.forEach((version, counted) -> accuracy.put(version, counted[1] / (double) counted[0]));
    return new Snapshot(
        release,
        decisions,
        deadLetters.values().stream().mapToInt(Integer::intValue).sum(),
        routesCopy,
        reasonsCopy,
        new LinkedHashMap<>(holds),
        new TreeMap<>(deadLetters),
        new TreeMap<>(alerts),
        accuracy,
        percentile(sorted, 0.50),
        percentile(sorted, 0.99));
  }

  private static long percentile(long[] ascending, double level) {
    return ascending.length == 0 ? 0 : ascending[(int) Math.ceil(level * ascending.length) - 1];
  }

  /**
   * The counts at a moment.
   *
   * @param release the version that decided last
   * @param accuracy share of accepted records whose prediction is the label, by version
   */
  record Snapshot(
      String release,
      int decisions,
      int rejected,
      Map<String, Map<String, Integer>> routes,
      Map<String, Map<String, Integer>> reasons,
      Map<String, Integer> holds,
      Map<String, Integer> deadLetters,
      Map<String, Integer> alerts,
      Map<String, Double> accuracy,
      long p50Ms,
      long p99Ms) {
    int count(String version, String route) {
      return routes.getOrDefault(version, Map.of()).getOrDefault(route, 0);
    }

    int total(String version) {
      return routes.getOrDefault(version, Map.of()).values().stream()
          .mapToInt(Integer::intValue)
          .sum();
    }

    double share(String version, String route) {
      int total = total(version);
      return total == 0 ? 0 : count(version, route) / (double) total;
    }

    /** The most frequent reasons of a version, with their counts. */
    List<String> topReasons(String version, int most) {
      return reasons.getOrDefault(version, Map.of()).entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(most)
          .map(entry -> entry.getKey() + " " + entry.getValue())
          .toList();
    }

    /** Decided and rejected records. */
    int seen() {
      return decisions + rejected;
    }
  }
}
