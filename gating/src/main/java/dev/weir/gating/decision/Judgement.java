package dev.weir.gating.decision;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the record gate found on one record, its batch's hold left aside.
 *
 * @param predicted the last reading's class
 * @param glmAgrees whether the fallback predicts the uncapped reading's class
 * @param reasons findings, or why it was accepted
 * @param promotion its part in the batch's promotion; empty where the policy has none
 */
public record Judgement(
    Appraisal appraisal,
    boolean predicted,
    boolean glmAgrees,
    Route route,
    Set<Reason> reasons,
    boolean canary,
    Optional<Promotion> promotion) {
  public Judgement {
    reasons = Reasons.copyOf(reasons);
  }

  public List<String> slices() {
    return appraisal.slices();
  }

  /** Whether the record is in a slice of the policy's fragile union. */
  public boolean fragile() {
    return appraisal.fragile();
  }

  /** The probabilities that every check was made for, the uncapped first. */
  public double[] readings() {
    return appraisal.readings().all();
  }

  /** The last reading's probability. */
  public double probability() {
    return appraisal.readings().last();
  }

  /** The last capped reading's margin; empty where caps do not apply. */
  public Optional<CappedMargin> capped() {
    return appraisal.readings().capped();
  }

  /** Why any reading changed. */
  public Set<CapCause> capCauses() {
    return appraisal.readings().causes();
  }

  public Variance variance() {
    return appraisal.variance();
  }

  /** The last reading's interval. */
  public Interval interval() {
    return appraisal.interval();
  }

  /** The widest interval over the readings. */
  public double width() {
    return appraisal.width();
  }

  public double confidence() {
    return appraisal.confidence();
  }

  /** This judgement of a record whose batch is held. */
  public Judgement held() {
    return new Judgement(
        appraisal,
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
