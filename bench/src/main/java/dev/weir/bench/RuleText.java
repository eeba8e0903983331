package dev.weir.bench;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import java.util.EnumMap;
import java.util.Map;

/**
 * The checks as conditions in words that CEL and Drools have in common, so that both are asked the
 * same: one condition for each reason, the policy's numbers written into it.
 */
final class RuleText {
  private RuleText() {}

  static Map<Reason, String> of(Policy policy, double threshold) {
    Limits limits = policy.fragile().limits();
    String wide =
        "(width > " + policy.accept().width() + " || fragile && width > " + limits.width() + ")";
    Map<Reason, String> conditions = new EnumMap<>(Reason.class);
    conditions.put(
        Reason.CAP_FLIPS_CLASS,
        any("first >= T && P < T || first < T && P >= T").replace("T", "" + threshold));
    conditions.put(
        Reason.MARGIN_LOW,
        any("P >= T && P < " + policy.accept().ifTrue() + " || P < T && P > "
                + policy.accept().ifFalse())
            .replace("T", "" + threshold));
    conditions.put(Reason.INTERVAL_WIDE, wide);
    conditions.put(
        Reason.CONFIDENCE_LOW,
        "!" + wide + " && (confidence < " + policy.accept().confidence()
            + " || fragile && confidence < " + limits.confidence() + ")");
    conditions.put(
        Reason.GLM_DISAGREES,
        "fragile && ("
            + any("P - fallback > D || fallback - P > D").replace("D", "" + limits.glmDifference())
            + ")");
    conditions.put(Reason.ENSEMBLE_DISAGREES, "fragile && agreement < " + limits.agreement());
    return conditions;
  }

  /** A condition on P, for any of the three readings. */
  private static String any(String condition) {
    return "(" + condition.replace("P", "first") + ") || (" + condition.replace("P", "second")
        + ") || (" + condition.replace("P", "third") + ")";
  }
}
