package dev.weir.bench;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import java.util.List;

/** The checks as plain code: the least that any engine can take. */
final class HandWrittenRules implements RuleEngine {
  private final Policy.Accept accept;
  private final Limits limits;
  private final double threshold;

  HandWrittenRules(Policy policy, double threshold) {
    this.accept = policy.accept();
    this.limits = policy.fragile().limits();
    this.threshold = threshold;
  }

  @Override
  public void check(List<Facts> batch) {
    for (Facts facts : batch) {
      facts.clear();
      check(facts);
    }
  }

  private void check(Facts facts) {
    boolean predicted = facts.getFirst() >= threshold;
    if (facts.getSecond() >= threshold != predicted || facts.getThird() >= threshold != predicted) {
      facts.add(Reason.CAP_FLIPS_CLASS);
    }
    if (isUnsure(facts.getFirst()) || isUnsure(facts.getSecond()) || isUnsure(facts.getThird())) {
      facts.add(Reason.MARGIN_LOW);
    }
    boolean wide =
        facts.getWidth() > accept.width() || facts.isFragile() && facts.getWidth() > limits.width();
    if (wide) {
      facts.add(Reason.INTERVAL_WIDE);
    }
    if (!wide
        && (facts.getConfidence() < accept.confidence()
            || facts.isFragile() && facts.getConfidence() < limits.confidence())) {
      facts.add(Reason.CONFIDENCE_LOW);
    }
    if (facts.isFragile()
        && (isFar(facts.getFirst(), facts)
            || isFar(facts.getSecond(), facts)
            || isFar(facts.getThird(), facts))) {
      facts.add(Reason.GLM_DISAGREES);
    }
    if (facts.isFragile() && facts.getAgreement() < limits.agreement()) {
      facts.add(Reason.ENSEMBLE_DISAGREES);
    }
  }

  private boolean isUnsure(double p) {
    return p >= threshold ? p < accept.ifTrue() : p > accept.ifFalse();
  }

  private boolean isFar(double p, Facts facts) {
    return Math.abs(p - facts.getFallback()) > limits.glmDifference();
  }
}
