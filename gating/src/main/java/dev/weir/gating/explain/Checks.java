package dev.weir.gating.explain;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The findings on a decision, each with its value, its limit and by how much it failed. */
final class Checks {
  private final Policy policy;
  private final double threshold;

  Checks(Policy policy, double threshold) {
    this.policy = policy;
    this.threshold = threshold;
  }

  List<String> of(Decision decision) {
    List<String> lines = new ArrayList<>();
    for (Reason reason : decision.judgement().reasons()) {
      if (reason != Reason.BATCH_HELD) {
        lines.add(reason + ": " + words(reason, decision));
      }
    }
    return lines;
  }

  private String words(Reason reason, Decision decision) {
    Judgement judgement = decision.judgement();
    Limits limits = limits(decision);
    return switch (reason) {
      case KILL_SWITCH -> "an operator stopped all acceptance";
      case PAUSED -> "acceptance is paused";
      case BOOK_STALE -> "the instance could not confirm that it knows the newest policy";
      case POLICY_EXPIRED -> "the release had expired at the batch's time";
      case NO_RELEASE_YET -> "no release was in force at the batch's time";
      case BREAKER_OPEN -> "too many promotions were slow; all wait until an operator resets it";
      case CANARY_BLOCKED -> "it is a canary, which must never be accepted";
      case CAP_FLIPS_CLASS ->
        "capping the contributions changes the class: "
            + String.join(
                ", then ",
                Arrays.stream(judgement.readings())
                    .mapToObj(p -> Words.probability(p) + " (" + (p >= threshold) + ")")
                    .toList());
      case MARGIN_LOW -> margin(judgement);
      case INTERVAL_WIDE -> tooMuch("the interval is %s wide", judgement.width(), limits.width());
      case CONFIDENCE_LOW ->
        tooLittle("confidence is %s", judgement.confidence(), limits.confidence());
      case GLM_DISAGREES ->
        tooMuch("the fallback is %s away", fallbackDistance(decision), limits.glmDifference());
      case ENSEMBLE_DISAGREES ->
        tooLittle(
            "agreement among members is %s", decision.score().agreement(), limits.agreement());
      case ENGINE_FAULT -> "the decision failed";
      case CONSENSUS -> "every check passed, those for fragile records too";
      case NORMAL -> "every check passed";
      case BATCH_HELD -> throw new AssertionError(reason);
    };
  }

  /* The stricter of the normal limits and, where they apply, of those for fragile records. */
  private Limits limits(Decision decision) {
    Policy.Fragile fragile = policy.fragile();
    Limits normal = new Limits(1, 0, policy.accept().width(), policy.accept().confidence());
    boolean consensus = decision.judgement().fragile()
        && (fragile.consensusAlways() || decision.batch().size() <= fragile.smallBatch());
    return consensus ? normal.strictest(fragile.limitsIn(decision.judgement().slices())) : normal;
  }

  /** The reading that falls short by most. */
  private String margin(Judgement judgement) {
    double worst = judgement.readings()[0];
    for (double p : judgement.readings()) {
      worst = shortBy(p) > shortBy(worst) ? p : worst;
    }
    boolean predicted = worst >= threshold;
    return "probability %s predicts %s, which needs %s %s: %s short"
        .formatted(
            Words.probability(worst),
            predicted,
            predicted ? "at least" : "at most",
            Words.probability(
                predicted ? policy.accept().ifTrue() : policy.accept().ifFalse()),
            Words.probability(shortBy(worst)));
  }

  private double shortBy(double p) {
    return p >= threshold ? policy.accept().ifTrue() - p : p - policy.accept().ifFalse();
  }

  private static double fallbackDistance(Decision decision) {
    return Arrays.stream(decision.judgement().readings())
        .map(p -> Math.abs(p - decision.score().pGlm()))
        .max()
        .orElseThrow();
  }

  private static String tooMuch(String what, double value, double limit) {
    return what.formatted(Words.probability(value)) + ", at most " + Words.probability(limit)
        + " is allowed: " + Words.probability(value - limit) + " too much";
  }

  private static String tooLittle(String what, double value, double limit) {
    return what.formatted(Words.probability(value)) + ", at least " + Words.probability(limit)
        + " is asked for: " + Words.probability(limit - value) + " short";
  }
}
