package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;

/**
 * How far a record is from the nearest check that it fails or would fail (lab.md §9), so that a gate orders records as
 * plain confidence does.
 *
 * <p>A check's value v with limit l, best value b and worst value w counts (v − l)/(b − l) where it passes and
 * (v − l)/(l − w) where it fails, so every check runs from −1 to 1. Slack is the least over the checks; at least 0 iff
 * the record is accepted, its batch's hold left aside.
 */
final class Slack {
  /* Just on the failing side, for what fails without a distance. */
  private static final double FAILS = -1;

  private final Policy policy;
  private final double threshold;

  Slack(Policy policy, double threshold) {
    this.policy = policy;
    this.threshold = threshold;
  }

  /** In [−1, 1]. */
  double of(Decision decision) {
    Judgement judgement = decision.judgement();
    Policy.Accept accept = policy.accept();
    double least = 1;
    for (double p : judgement.readings()) {
      least = Math.min(
          least,
          p >= threshold
              ? distance(p, accept.ifTrue(), 1, threshold)
              : distance(-p, -accept.ifFalse(), 0, -threshold));
    }
    least = Math.min(least, width(judgement, accept.width(), accept.confidence()));
    if (needsConsensus(decision)) {
      least = Math.min(least, consensus(decision));
    }
    boolean isAccepted = judgement.route() == Route.AUTO_ACCEPT;
    // A canary, or a cap that flips the class, fails by no distance.
    return isAccepted || least < 0 ? least : FAILS;
  }

  private boolean needsConsensus(Decision decision) {
    return decision.judgement().fragile()
        && (policy.fragile().consensusAlways()
            || decision.batch().size() <= policy.fragile().smallBatch());
  }

  private double consensus(Decision decision) {
    Judgement judgement = decision.judgement();
    Limits limits = policy.fragile().limitsIn(judgement.slices());
    double least = distance(decision.score().agreement(), limits.agreement(), 1, 0);
    for (double p : judgement.readings()) {
      double apart = Math.abs(p - decision.score().pGlm());
      least = Math.min(least, distance(-apart, -limits.glmDifference(), 0, -1));
    }
    return Math.min(least, width(judgement, limits.width(), limits.confidence()));
  }

  /* Confidence restates width; it is a check of its own only where it has a limit. */
  private static double width(Judgement judgement, double widthMax, double confidenceMin) {
    double byWidth = distance(-judgement.width(), -widthMax, 0, -1);
    return confidenceMin > 0
        ? Math.min(byWidth, distance(judgement.confidence(), confidenceMin, 1, 0))
        : byWidth;
  }

  private static double distance(double value, double limit, double best, double worst) {
    if (value >= limit) {
      return best > limit ? (value - limit) / (best - limit) : 1;
    }
    return limit > worst ? Math.max(-1, (value - limit) / (limit - worst)) : FAILS;
  }
}
