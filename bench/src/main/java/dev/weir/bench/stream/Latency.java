package dev.weir.bench.stream;

import java.util.Arrays;

/** Percentiles of waits, milliseconds; every record counts. */
record Latency(double p50, double p95, double p99, double p999, double max) {
  static Latency of(int[] waitsMs) {
    int[] sorted = waitsMs.clone();
    Arrays.sort(sorted);
    return new Latency(
        at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
  }

  private static double at(int[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
