package dev.weir.gating.gate;

import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Variance;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Score;
import java.util.Map;

/** One record's variance in logit space and the intervals that follow from it (gate.md §7). */
record Widening(Score score, Variance variance) {
  /** The standard normal's .9 quantile. */
  static final double Z = 1.2815515655446004;

  private static final double LOGIT_MAX = 12;
  private static final double P_MIN = Logistic.sigmoid(-LOGIT_MAX);
  private static final double P_MAX = Logistic.sigmoid(LOGIT_MAX);
  private static final double BASE_MIN = 1e-12;

  static Widening of(Score score, Map<String, Double> components) {
    double spread = (below(score) + above(score)) / (2 * Z);
    double base = spread * spread;
    double combined = base;
    for (double component : components.values()) {
      combined += component;
    }
    return new Widening(score, new Variance(base, components, combined));
  }

  /** The interval of one reading: the calibrator's, widened and moved to the reading's centre. */
  Interval interval(double pReading) {
    if (pReading != score.pModel()) {
      return widened(pReading);
    }
    Interval given = new Interval(clip(score.p10()), clip(score.p50()), clip(score.p90()));
    if (variance.components().isEmpty()) {
      return given;
    }
    // Rounding must not let a tiny kappa narrow what it widens.
    Interval widened = widened(pReading);
    return new Interval(
        Math.min(given.p10(), widened.p10()), widened.p50(), Math.max(given.p90(), widened.p90()));
  }

  private Interval widened(double pReading) {
    double centre = logit(score.p50()) + (logit(pReading) - logit(score.pModel()));
    return new Interval(
        Logistic.sigmoid(centre - stretched(below(score))),
        Logistic.sigmoid(centre),
        Logistic.sigmoid(centre + stretched(above(score))));
  }

  private double stretched(double distance) {
    return variance.base() < BASE_MIN
        ? Z * StrictMath.sqrt(variance.combined())
        : distance * StrictMath.sqrt(variance.combined() / variance.base());
  }

  private static double below(Score score) {
    return logit(score.p50()) - logit(score.p10());
  }

  private static double above(Score score) {
    return logit(score.p90()) - logit(score.p50());
  }

  private static double logit(double probability) {
    return Logistic.logit(clip(probability));
  }

  private static double clip(double probability) {
    return Math.min(P_MAX, Math.max(P_MIN, probability));
  }
}
