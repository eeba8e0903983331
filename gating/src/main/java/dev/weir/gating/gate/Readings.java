package dev.weir.gating.gate;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.score.Score;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The probabilities for which every check must hold (gate.md §6): the uncapped one, and one for each
 * capped margin.
 *
 * @param all the uncapped first
 * @param capped the margins of all but the first
 */
record Readings(double[] all, List<CappedMargin> capped) {
  /** The readings of one score. */
  static Readings of(Score score, List<CappedMargin> capped, Calibrator calibrator) {
    double[] all = new double[1 + capped.size()];
    all[0] = score.pModel();
    for (int i = 0; i < capped.size(); i++) {
      // Where nothing was capped, the same bits, whatever rounding does elsewhere.
      all[i + 1] = capped.get(i).causes().isEmpty()
          ? score.pModel()
          : calibrator.probability(capped.get(i).margin());
    }
    return new Readings(all, capped);
  }

  /** The one that is reported. */
  double last() {
    return all[all.length - 1];
  }

  Optional<CappedMargin> lastCapped() {
    return capped.isEmpty() ? Optional.empty() : Optional.of(capped.get(capped.size() - 1));
  }

  Set<CapCause> causes() {
    if (capped.isEmpty()) {
      return Set.of();
    }
    if (capped.size() == 1) {
      return capped.get(0).causes();
    }
    Set<CapCause> causes = EnumSet.noneOf(CapCause.class);
    for (CappedMargin margin : capped) {
      causes.addAll(margin.causes());
    }
    return causes;
  }

  /** Whether any two predict different classes. */
  boolean flip(double threshold) {
    for (double p : all) {
      if (p >= threshold != all[0] >= threshold) {
        return true;
      }
    }
    return false;
  }

  /** Whether every one is far enough from the threshold. */
  boolean areSure(double threshold, double ifTrue, double ifFalse) {
    for (double p : all) {
      if (!(p >= threshold ? p >= ifTrue : p <= ifFalse)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every one is near enough to another model's probability. */
  boolean areNear(double other, double difference) {
    for (double p : all) {
      if (!(Math.abs(p - other) <= difference)) {
        return false;
      }
    }
    return true;
  }
}
