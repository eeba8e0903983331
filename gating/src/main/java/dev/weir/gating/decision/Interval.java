package dev.weir.gating.decision;

/** The central 80 % interval of a probability and its centre, each in [0, 1]. */
public record Interval(double p10, double p50, double p90) {
  /** p90 − p10. */
  public double width() {
    return p90 - p10;
  }
}
