package dev.weir.bench;

import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.model.score.Score;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a rule engine is told of one record: everything that Weir's gate worked out, so that the
 * engine has nothing left to do but the checks; and what the engine finds. A bean, because Drools
 * reads properties.
 */
public final class Facts {
  private final double[] readings = new double[3];
  private final boolean fragile;
  private final double fallback;
  private final double agreement;
  private final double width;
  private final double confidence;
  private final Set<Reason> findings = EnumSet.noneOf(Reason.class);

  Facts(Score score, Judgement judgement) {
    double[] found = judgement.readings();
    for (int i = 0; i < readings.length; i++) {
      readings[i] = found[Math.min(i, found.length - 1)];
    }
    fragile = judgement.fragile();
    fallback = score.pGlm();
    agreement = score.agreement();
    width = judgement.width();
    confidence = judgement.confidence();
  }

  /** The first of three readings; where the gate has fewer, the last one is repeated. */
  public double getFirst() {
    return readings[0];
  }

  public double getSecond() {
    return readings[1];
  }

  public double getThird() {
    return readings[2];
  }

  public boolean isFragile() {
    return fragile;
  }

  public double getFallback() {
    return fallback;
  }

  public double getAgreement() {
    return agreement;
  }

  public double getWidth() {
    return width;
  }

  public double getConfidence() {
    return confidence;
  }

  /** Notes one finding. */
  public void add(Reason reason) {
    findings.add(reason);
  }

  void clear() {
    findings.clear();
  }

  /** What was found. */
  Set<Reason> findings() {
    return findings;
  }
}
