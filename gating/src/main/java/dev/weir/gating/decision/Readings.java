package dev.weir.gating.decision;

import java.util.Optional;
import java.util.Set;

/**
 * The probabilities for which every check must hold (gate.md §6): the uncapped one, and one for each
 * capped margin.
 *
 * @param all the uncapped first
 * @param capped the last one's margin; empty where caps do not apply
 * @param causes why any of them changed
 */
public record Readings(double[] all, Optional<CappedMargin> capped, Set<CapCause> causes) {
  public Readings {
    causes = CapCause.copyOf(causes);
  }

  /** The one reading of a record whose contributions are not capped. */
  public static Readings uncapped(double p) {
    return new Readings(new double[] {p}, Optional.empty(), Set.of());
  }

  /** The one that is reported. */
  public double last() {
    return all[all.length - 1];
  }

  /** Whether any two predict different classes. */
  public boolean flip(double threshold) {
    for (double p : all) {
      if (p >= threshold != all[0] >= threshold) {
        return true;
      }
    }
    return false;
  }

  /** Whether every one is far enough from the threshold. */
  public boolean areSure(double threshold, double ifTrue, double ifFalse) {
    for (double p : all) {
      if (!(p >= threshold ? p >= ifTrue : p <= ifFalse)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every one is near enough to another model's probability. */
  public boolean areNear(double other, double difference) {
    for (double p : all) {
      if (!(Math.abs(p - other) <= difference)) {
        return false;
      }
    }
    return true;
  }
}
