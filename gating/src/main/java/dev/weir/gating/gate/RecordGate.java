package dev.weir.gating.gate;

import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
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
  private final Calibrator calibrator;
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
    this.calibrator = calibrator;
    this.threshold = threshold;
    boolean[] isChannel = new boolean[sources.size()];
    for (int j = 0; j < isChannel.length; j++) {
      String source = sources.get(j);
      isChannel[j] = channels.contains(source) || source.equals(Featurizer.CHANNELS);
    }
    this.caps = new MarginCaps(policy.caps(), isChannel);
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
    View view = view(signals);
    boolean canary = addedCanary || policy.canaries().ids().contains(signals.id());
    boolean blocked = canary && (policy.canaries().block() || addedCanary);
    boolean consensus = needsConsensus(view, n);

    Reasons.Findings findings = new Reasons.Findings();
    checkStops(signals, overriding, findings); // rule 1
    findings.addIf(blocked, Reason.CANARY_BLOCKED); // rule 2
    findings.addIf(view.readings().flip(threshold), Reason.CAP_FLIPS_CLASS); // rule 3
    checkNormal(view, findings); // rule 4
    if (consensus) { // rule 5
      checkConsensus(view, findings);
    }
    if (findings.contains(Reason.INTERVAL_WIDE)) { // confidence restates width
      findings.remove(Reason.CONFIDENCE_LOW);
    }
    if (findings.isEmpty()) { // rule 6
      findings.add(consensus ? Reason.CONSENSUS : Reason.NORMAL);
      return view.judgement(signals, Route.AUTO_ACCEPT, findings.found(), canary, threshold);
    }
    return view.judgement(signals, Route.PRIORITY_AUDIT, findings.found(), canary, threshold);
  }

  /**
   * What the rules look at.
   *
   * @param width the widest over all readings
   * @param interval the last reading's
   */
  private record View(
      Score score,
      List<String> slices,
      Readings readings,
      Widening widening,
      Interval interval,
      double width,
      double confidence) {
    boolean isFragile() {
      return !slices.isEmpty();
    }

    Judgement judgement(
        Signals signals, Route route, Reasons reasons, boolean canary, double threshold) {
      return new Judgement(
          slices,
          readings.all(),
          readings.lastCapped(),
          readings.causes(),
          widening.variance(),
          interval,
          width,
          confidence,
          readings.last() >= threshold,
          score.pGlm() >= threshold == score.pModel() >= threshold,
          route,
          reasons,
          canary,
          signals.promotion());
    }
  }

  private View view(Signals signals) {
    Score score = signals.score();
    List<String> in = slices.of(signals.flags());
    boolean fragile = !in.isEmpty();
    Readings readings = Readings.of(score, capped(signals, fragile), calibrator);
    Widening widening = Widening.of(score, kappas.components(signals, fragile));
    Interval interval = widening.interval(readings.all()[0]);
    double width = interval.width();
    for (int i = 1; i < readings.all().length; i++) {
      interval = widening.interval(readings.all()[i]);
      width = Math.max(width, interval.width());
    }
    double confidence = 1 - Math.min(1, width / WIDTH_WITHOUT_CONFIDENCE);
    return new View(score, in, readings, widening, interval, width, confidence);
  }

  private List<CappedMargin> capped(Signals signals, boolean fragile) {
    Score score = signals.score();
    if (!policy.caps().scope().includes(fragile) || score.contributions().length == 0) {
      return List.of();
    }
    CappedMargin capped = caps.apply(score.margin(), score.contributions(), 1);
    if (betaSlice.isEmpty() || !slices.isIn(betaSlice.getAsInt(), signals.flags())) {
      return List.of(capped);
    }
    return List.of(
        capped, caps.apply(score.margin(), score.contributions(), policy.caps().betaHigh()));
  }

  /** Rule 1. An open breaker stops flips, and nothing else. */
  private static void checkStops(Signals signals, Reasons overriding, Reasons.Findings findings) {
    findings.addAll(overriding);
    if (signals.promotion().isEmpty() || !signals.promotion().get().flip()) {
      findings.remove(Reason.BREAKER_OPEN);
    }
  }

  private boolean needsConsensus(View view, int n) {
    return view.isFragile()
        && (policy.fragile().consensusAlways() || n <= policy.fragile().smallBatch());
  }

  private void checkNormal(View view, Reasons.Findings findings) {
    Policy.Accept accept = policy.accept();
    findings.addIf(
        !view.readings().areSure(threshold, accept.ifTrue(), accept.ifFalse()), Reason.MARGIN_LOW);
    checkWidth(view, accept.width(), accept.confidence(), findings);
  }

  private void checkConsensus(View view, Reasons.Findings findings) {
    Limits limits = policy.fragile().limitsIn(view.slices());
    findings.addIf(
        !view.readings().areNear(view.score().pGlm(), limits.glmDifference()),
        Reason.GLM_DISAGREES);
    findings.addIf(!(view.score().agreement() >= limits.agreement()), Reason.ENSEMBLE_DISAGREES);
    checkWidth(view, limits.width(), limits.confidence(), findings);
  }

  private static void checkWidth(
      View view, double widthMax, double confidenceMin, Reasons.Findings findings) {
    findings.addIf(!(view.width() <= widthMax), Reason.INTERVAL_WIDE);
    findings.addIf(!(view.confidence() >= confidenceMin), Reason.CONFIDENCE_LOW);
  }
}
