package dev.weir.gating.decision;

import java.util.Map;

/**
 * A record's variance in logit space.
 *
 * @param base of the calibrator's interval
 * @param components what was added, by flag or count, in the order of names
 * @param combined their sum
 */
public record Variance(double base, Components components, double combined) {
  /** With components that were read from somewhere. */
  public Variance(double base, Map<String, Double> components, double combined) {
    this(base, Components.copyOf(components), combined);
  }
}
