package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;

/** When a batch has too many fragile records to decide any (gate.md §8). */
public final class HoldRule {
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
      case EXCESS -> chance(n, k) <= policy.alpha() * ROUNDING;
    };
  }

  /** The union's share among ordinary records; read in mode excess alone. */
  public double referenceRate() {
    return referenceRate;
  }

  /** The probability that k or more of n ordinary records are fragile; read in mode excess alone. */
  public double chance(int n, int k) {
    return Binomial.upperTail(n, k, referenceRate);
  }

  /** The largest k with which a batch of n is not held; -1 where even none holds it. */
  public int fragileMax(int n) {
    if (!holds(n, n)) {
      return n;
    }
    int free = -1;
    int held = n;
    while (held - free > 1) {
      int middle = (free + held) >>> 1;
      if (holds(n, middle)) {
        held = middle;
      } else {
        free = middle;
      }
    }
    return free;
  }

  /** The rule in words, as a hold event carries it. */
  String described() {
    return switch (policy.mode()) {
      case ABSOLUTE -> "fragile share >= " + policy.fraction();
      case EXCESS -> "P[Binomial(n, " + referenceRate + ") >= k] <= " + policy.alpha();
    };
  }
}
