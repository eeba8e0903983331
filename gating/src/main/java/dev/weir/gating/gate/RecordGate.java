package dev.weir.gating.gate;

import dev.weir.gating.decision.Appraisal;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Readings;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.score.Score;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The checks of a single record (gate.md §6, §7 and §9), compiled for one policy and bundle. */
final class RecordGate {
  /** The width at which confidence reaches zero. */
  private static final double WIDTH_WITHOUT_CONFIDENCE = 0.60;

  private final Policy policy;
  private final double threshold;
  private final MarginCaps caps;
  private final Slices slices;
  private final Kappas kappas;
  private final OptionalInt betaSlice;

  /**
   * @param sources the manifest that contributions follow
   * @param channels the names of the channels among the sources
   * @param thinFlag the flag that a thin slice refines, -1 for none
   */
  RecordGate(
      Policy policy,
      Calibrator calibrator,
      double threshold,
      List<String> sources,
      Set<String> channels,
      int thinFlag) {
    this.policy = policy;
    this.threshold = threshold;
    boolean[] isChannel = new boolean[sources.size()];
    for (int j = 0; j < isChannel.length; j++) {
      String source = sources.get(j);
      isChannel[j] = channels.contains(source) || source.equals(Featurizer.CHANNELS);
    }
    this.caps = new MarginCaps(policy.caps(), isChannel, calibrator);
    this.slices = new Slices(policy, thinFlag);
    this.kappas = new Kappas(policy.variance(), slices);
    this.betaSlice = policy.flags().index(policy.caps().betaFlag());
  }

  /** Whether the record is in some slice of the union. */
  boolean isFragile(FlagSignals flags) {
    return slices.isFragile(flags);
  }

  /**
   * Everything the rules of §9 find on a record.
   *
   * @param n the batch's size, rejected records included
   * @param overriding findings of rule 1, which hold for every record of the batch
   */
  Judgement judge(Signals signals, int n, Reasons overriding, boolean addedCanary) {
    Appraisal seen = appraise(signals);
    Score score = signals.score();
    boolean canary = addedCanary || policy.canaries().ids().contains(signals.id());
    boolean blocked = canary && (policy.canaries().block() || addedCanary);
    boolean consensus = needsConsensus(seen, n);

    Reasons.Findings findings = new Reasons.Findings();
    checkStops(signals, overriding, findings); // rule 1
    findings.addIf(blocked, Reason.CANARY_BLOCKED); // rule 2
    findings.addIf(seen.readings().flip(threshold), Reason.CAP_FLIPS_CLASS); // rule 3
    checkNormal(seen, findings); // rule 4
    if (consensus) { // rule 5
      checkConsensus(seen, score, findings);
    }
    if (findings.contains(Reason.INTERVAL_WIDE)) { // confidence restates width
      findings.remove(Reason.CONFIDENCE_LOW);
    }
    boolean accepts = findings.isEmpty(); // rule 6
    if (accepts) {
      findings.add(consensus ? Reason.CONSENSUS : Reason.NORMAL);
    }
    return new Judgement(
        seen,
        seen.readings().last() >= threshold,
        score.pGlm() >= threshold == score.pModel() >= threshold,
        accepts ? Route.AUTO_ACCEPT : Route.PRIORITY_AUDIT,
        findings.found(),
        canary,
        signals.promotion());
  }

  private Appraisal appraise(Signals signals) {
    Score score = signals.score();
    List<String> in = slices.of(signals.flags());
    boolean fragile = !in.isEmpty();
    boolean damps = betaSlice.isPresent() && slices.isIn(betaSlice.getAsInt(), signals.flags());
    Readings readings = caps.readings(score, fragile, damps);
    Widening widening = new Widening(score, kappas.components(signals, fragile));
    Interval interval = widening.interval(readings.last());
    double width = interval.width();
    for (int i = 0; i < readings.all().length - 1; i++) {
      width = Math.max(width, widening.width(readings.all()[i]));
    }
    double confidence = 1 - Math.min(1, width / WIDTH_WITHOUT_CONFIDENCE);
    return new Appraisal(in, readings, widening.variance(), interval, width, confidence);
  }

  /** Rule 1. An open breaker stops flips, and nothing else. */
  private static void checkStops(Signals signals, Reasons overriding, Reasons.Findings findings) {
    findings.addAll(overriding);
    if (signals.promotion().isEmpty() || !signals.promotion().get().flip()) {
      findings.remove(Reason.BREAKER_OPEN);
    }
  }

  private boolean needsConsensus(Appraisal seen, int n) {
    return seen.fragile()
        && (policy.fragile().consensusAlways() || n <= policy.fragile().smallBatch());
  }

  private void checkNormal(Appraisal seen, Reasons.Findings findings) {
    Policy.Accept accept = policy.accept();
    findings.addIf(
        !seen.readings().areSure(threshold, accept.ifTrue(), accept.ifFalse()), Reason.MARGIN_LOW);
    checkWidth(seen, accept.width(), accept.confidence(), findings);
  }

  private void checkConsensus(Appraisal seen, Score score, Reasons.Findings findings) {
    Limits limits = policy.fragile().limitsIn(seen.slices());
    findings.addIf(
        !seen.readings().areNear(score.pGlm(), limits.glmDifference()), Reason.GLM_DISAGREES);
    findings.addIf(!(score.agreement() >= limits.agreement()), Reason.ENSEMBLE_DISAGREES);
    checkWidth(seen, limits.width(), limits.confidence(), findings);
  }

  private static void checkWidth(
      Appraisal seen, double widthMax, double confidenceMin, Reasons.Findings findings) {
    findings.addIf(!(seen.width() <= widthMax), Reason.INTERVAL_WIDE);
    findings.addIf(!(seen.confidence() >= confidenceMin), Reason.CONFIDENCE_LOW);
  }
}
