package dev.weir.gating.decision;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the record gate found on one record, its batch's hold left aside.
 *
 * @param slices flags of the fragile union that count as true, in the union's order
 * @param readings the probabilities that every check was made for, the uncapped first
 * @param capped the last capped reading's margin; empty where caps do not apply
 * @param capCauses why any reading changed
 * @param interval the last reading's interval
 * @param width the widest interval over the readings
 * @param confidence 1 − min(1, width ÷ 0.60)
 * @param predicted the last reading's class
 * @param glmAgrees whether the fallback predicts the uncapped reading's class
 * @param reasons findings, or why it was accepted
 * @param promotion its part in the batch's promotion; empty where the policy has none
 */
public record Judgement(
    List<String> slices,
    double[] readings,
    Optional<CappedMargin> capped,
    Set<CapCause> capCauses,
    Variance variance,
    Interval interval,
    double width,
    double confidence,
    boolean predicted,
    boolean glmAgrees,
    Route route,
    Set<Reason> reasons,
    boolean canary,
    Optional<Promotion> promotion) {
  public Judgement {
    slices = List.copyOf(slices);
    reasons = Reasons.copyOf(reasons);
    capCauses = CapCause.copyOf(capCauses);
  }

  /** Whether the record is in a slice of the policy's fragile union. */
  public boolean fragile() {
    return !slices.isEmpty();
  }

  /** The last reading's probability. */
  public double probability() {
    return readings[readings.length - 1];
  }

  /** This judgement of a record whose batch is held. */
  public Judgement held() {
    return new Judgement(
        slices,
        readings,
        capped,
        capCauses,
        variance,
        interval,
        width,
        confidence,
        predicted,
        glmAgrees,
        route,
        Reasons.copyOf(reasons).and(Reason.BATCH_HELD),
        canary,
        promotion);
  }

  /** Whether nothing but its being a canary kept the record from acceptance. */
  public boolean heldBackAsCanaryAlone() {
    return reasons.size() == 1 && reasons.contains(Reason.CANARY_BLOCKED);
  }
}
