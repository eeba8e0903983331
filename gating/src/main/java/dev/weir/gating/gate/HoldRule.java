package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;

/** When a batch has too many fragile records to decide any (gate.md §8). */
final class HoldRule {
  /* A tail that differs from alpha by rounding alone holds. */
  private static final double ROUNDING = 1 + 1e-12;

  private final Policy.Hold policy;
  private final double referenceRate;

  /** @param referenceRate the union's rate in the reference rows; read in mode excess alone */
  HoldRule(Policy.Hold policy, double referenceRate) {
    this.policy = policy;
    this.referenceRate = referenceRate;
  }

  /** Whether k fragile or invalid records out of n hold the batch. */
  boolean holds(int n, int k) {
    if (n < policy.recordsMin()) {
      return false;
    }
    return switch (policy.mode()) {
      case ABSOLUTE -> k / (double) n >= policy.fraction();
      case EXCESS -> Binomial.upperTail(n, k, referenceRate) <= policy.alpha() * ROUNDING;
    };
  }

  /** The rule in words, as a hold event carries it. */
  String described() {
    return switch (policy.mode()) {
      case ABSOLUTE -> "fragile share >= " + policy.fraction();
      case EXCESS -> "P[Binomial(n, " + referenceRate + ") >= k] <= " + policy.alpha();
    };
  }
}
