package dev.weir.gating.gate;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of a single record (gate.md §6, §7 and §9), compiled for one policy and bundle. */
final class RecordGate {
  /** The width at which confidence reaches zero. */
  private static final double WIDTH_WITHOUT_CONFIDENCE = 0.60;

  private final Policy policy;
  private final Calibrator calibrator;
  private final double threshold;
  private final MarginCaps caps;
  private final int thinFlag;
  private final int betaFlag;

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
    this.thinFlag = thinFlag;
    this.betaFlag = policy.flags().index(policy.caps().betaFlag()).orElse(-1);
  }

  /** The flags that count as true under the policy's reading of unknown ones. */
  private long counted(FlagSignals signals) {
    return policy.fragile().unknownCounts()
        ? signals.truths() | signals.unknowns()
        : signals.truths();
  }

  /** The slices of the union that the record is in, in the union's order. */
  private List<String> slices(FlagSignals signals) {
    long counted = counted(signals);
    List<String> slices = new ArrayList<>();
    for (String name : policy.fragile().union()) {
      boolean in = name.equals(Policy.THIN_SLICE)
          ? isThin(counted, signals.finestN())
          : has(counted, policy.flags().index(name).orElseThrow());
      if (in) {
        slices.add(name);
      }
    }
    return slices;
  }

  /** Whether the record is in some slice of the union. */
  boolean isFragile(FlagSignals signals) {
    return !slices(signals).isEmpty();
  }

  private boolean isThin(long counted, int finestN) {
    return finestN < policy.thinSlice().recordsMin() && (thinFlag < 0 || has(counted, thinFlag));
  }

  private static boolean has(long flags, int flag) {
    return (flags >>> flag & 1) != 0;
  }

  /**
   * Everything the checks find on a record.
   *
   * @param n the batch's size, rejected records included
   * @param overriding findings of rule 1, which hold for every record of the batch
   */
  Judgement judge(Signals signals, int n, Set<Reason> overriding, boolean addedCanary) {
    Score score = signals.score();
    long counted = counted(signals.flags());
    List<String> slices = slices(signals.flags());
    boolean fragile = !slices.isEmpty();
    List<CappedMargin> capped = capped(score, counted, fragile);
    double[] readings = readings(score, capped);
    Widening widening = Widening.of(score, kappas(signals, counted, fragile));
    Interval interval = widening.interval(readings[0]);
    double width = interval.width();
    for (int i = 1; i < readings.length; i++) {
      interval = widening.interval(readings[i]);
      width = Math.max(width, interval.width());
    }
    double confidence = 1 - Math.min(1, width / WIDTH_WITHOUT_CONFIDENCE);

    boolean canary = addedCanary || policy.canaries().ids().contains(signals.id());
    Set<Reason> findings = EnumSet.noneOf(Reason.class);
    findings.addAll(overriding);
    if (canary && (policy.canaries().block() || addedCanary)) {
      findings.add(Reason.CANARY_BLOCKED);
    }
    if (flips(readings)) {
      findings.add(Reason.CAP_FLIPS_CLASS);
    }
    checkNormal(readings, width, confidence, findings);
    boolean consensus =
        fragile && (policy.fragile().consensusAlways() || n <= policy.fragile().smallBatch());
    if (consensus) {
      checkConsensus(readings, score, width, confidence, limits(slices), findings);
    }
    if (findings.contains(Reason.INTERVAL_WIDE)) {
      findings.remove(Reason.CONFIDENCE_LOW);
    }
    Route route = findings.isEmpty() ? Route.AUTO_ACCEPT : Route.PRIORITY_AUDIT;
    if (findings.isEmpty()) {
      findings.add(consensus ? Reason.CONSENSUS : Reason.NORMAL);
    }
    return new Judgement(
        slices,
        readings,
        capped.isEmpty() ? Optional.empty() : Optional.of(capped.get(capped.size() - 1)),
        causes(capped),
        widening.variance(),
        interval,
        width,
        confidence,
        predicted(readings[readings.length - 1]),
        predicted(score.pGlm()) == predicted(score.pModel()),
        route,
        findings,
        canary);
  }

  private List<CappedMargin> capped(Score score, long counted, boolean fragile) {
    boolean applies = switch (policy.caps().scope()) {
      case ALL -> true;
      case FRAGILE -> fragile;
      case NONE -> false;
    };
    if (!applies || score.contributions().length == 0) {
      return List.of();
    }
    List<CappedMargin> capped = new ArrayList<>(2);
    capped.add(caps.apply(score.margin(), score.contributions(), 1));
    if (betaFlag >= 0 && has(counted, betaFlag)) {
      capped.add(caps.apply(score.margin(), score.contributions(), policy.caps().betaHigh()));
    }
    return capped;
  }

  private double[] readings(Score score, List<CappedMargin> capped) {
    double[] readings = new double[1 + capped.size()];
    readings[0] = score.pModel();
    for (int i = 0; i < capped.size(); i++) {
      readings[i + 1] = capped.get(i).causes().isEmpty()
          ? score.pModel()
          : calibrator.probability(capped.get(i).margin());
    }
    return readings;
  }

  private static Set<CapCause> causes(List<CappedMargin> capped) {
    Set<CapCause> causes = EnumSet.noneOf(CapCause.class);
    capped.forEach(margin -> causes.addAll(margin.causes()));
    return causes;
  }

  private Map<String, Double> kappas(Signals signals, long counted, boolean fragile) {
    boolean applies = switch (policy.variance().scope()) {
      case ALL -> true;
      case FRAGILE -> fragile;
      case NONE -> false;
    };
    Map<String, Double> components = new LinkedHashMap<>();
    if (applies) {
      policy.variance().kappa().forEach((name, kappa) -> {
        double added = kappa * times(name, signals, counted);
        if (added > 0) {
          components.put(name, added);
        }
      });
    }
    return components;
  }

  private int times(String name, Signals signals, long counted) {
    return switch (name) {
      case "missing_count" -> signals.missingCount();
      case "imputed_count" -> signals.imputedCount();
      case Policy.THIN_SLICE -> isThin(counted, signals.flags().finestN()) ? 1 : 0;
      default -> has(counted, policy.flags().index(name).orElseThrow()) ? 1 : 0;
    };
  }

  private boolean flips(double[] readings) {
    for (double reading : readings) {
      if (predicted(reading) != predicted(readings[0])) {
        return true;
      }
    }
    return false;
  }

  private boolean predicted(double probability) {
    return probability >= threshold;
  }

  private void checkNormal(
      double[] readings, double width, double confidence, Set<Reason> findings) {
    for (double p : readings) {
      boolean sure =
          predicted(p) ? p >= policy.accept().ifTrue() : p <= policy.accept().ifFalse();
      if (!sure) {
        findings.add(Reason.MARGIN_LOW);
      }
    }
    if (!(width <= policy.accept().width())) {
      findings.add(Reason.INTERVAL_WIDE);
    }
    if (!(confidence >= policy.accept().confidence())) {
      findings.add(Reason.CONFIDENCE_LOW);
    }
  }

  private Limits limits(List<String> slices) {
    Limits limits = policy.fragile().limits();
    for (String slice : slices) {
      Limits override = policy.fragile().slices().get(slice);
      limits = override == null ? limits : limits.strictest(override);
    }
    return limits;
  }

  private static void checkConsensus(
      double[] readings,
      Score score,
      double width,
      double confidence,
      Limits limits,
      Set<Reason> findings) {
    for (double p : readings) {
      if (!(Math.abs(p - score.pGlm()) <= limits.glmDifference())) {
        findings.add(Reason.GLM_DISAGREES);
      }
    }
    if (!(score.agreement() >= limits.agreement())) {
      findings.add(Reason.ENSEMBLE_DISAGREES);
    }
    if (!(width <= limits.width())) {
      findings.add(Reason.INTERVAL_WIDE);
    }
    if (!(confidence >= limits.confidence())) {
      findings.add(Reason.CONFIDENCE_LOW);
    }
  }
}
