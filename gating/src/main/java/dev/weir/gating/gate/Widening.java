package dev.weir.gating.gate;

import dev.weir.gating.decision.Components;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Variance;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Score;

/**
 * One record's variance in logit space and the intervals that follow from it (gate.md §7). Logarithms
 * cost most of the gate's time, so each is taken once.
 */
final class Widening {
  /** The standard normal's .9 quantile. */
  static final double Z = 1.2815515655446004;

  private static final double LOGIT_MAX = 12;
  private static final double P_MIN = Logistic.sigmoid(-LOGIT_MAX);
  private static final double P_MAX = Logistic.sigmoid(LOGIT_MAX);
  private static final double BASE_MIN = 1e-12;

  private final Score score;
  private final Variance variance;
  private final double logitCentre;
  private final double logitModel;
  private final double below;
  private final double above;

  Widening(Score score, Components components) {
    this.score = score;
    this.logitCentre = logit(score.p50());
    this.logitModel =
        clip(score.pModel()) == clip(score.p50()) ? logitCentre : logit(score.pModel());
    double givenBelow = logitCentre - logit(score.p10());
    double givenAbove = logit(score.p90()) - logitCentre;
    double spread = (givenBelow + givenAbove) / (2 * Z);
    double base = spread * spread;
    this.variance = new Variance(base, components, components.addedTo(base));
    this.below = stretched(givenBelow, variance);
    this.above = stretched(givenAbove, variance);
  }

  Variance variance() {
    return variance;
  }

  /** The interval of one reading: the calibrator's, widened and moved to the reading's centre. */
  Interval interval(double pReading) {
    double centre = centre(pReading);
    double p50 = isUntouched(pReading) ? clip(score.p50()) : Logistic.sigmoid(centre);
    return new Interval(low(pReading, centre), p50, high(pReading, centre));
  }

  /** Its width. */
  double width(double pReading) {
    double centre = centre(pReading);
    return high(pReading, centre) - low(pReading, centre);
  }

  private double centre(double pReading) {
    return isOfTheModel(pReading) ? logitCentre : logitCentre + (logit(pReading) - logitModel);
  }

  private double low(double pReading, double centre) {
    if (isUntouched(pReading)) {
      return clip(score.p10());
    }
    double widened = Logistic.sigmoid(centre - below);
    // Rounding must not let a tiny kappa narrow what it widens.
    return isOfTheModel(pReading) ? Math.min(clip(score.p10()), widened) : widened;
  }

  private double high(double pReading, double centre) {
    if (isUntouched(pReading)) {
      return clip(score.p90());
    }
    double widened = Logistic.sigmoid(centre + above);
    return isOfTheModel(pReading) ? Math.max(clip(score.p90()), widened) : widened;
  }

  private boolean isUntouched(double pReading) {
    return isOfTheModel(pReading) && variance.components().isEmpty();
  }

  private boolean isOfTheModel(double pReading) {
    return pReading == score.pModel();
  }

  private static double stretched(double distance, Variance variance) {
    return variance.base() < BASE_MIN
        ? Z * StrictMath.sqrt(variance.combined())
        : distance * StrictMath.sqrt(variance.combined() / variance.base());
  }

  private static double logit(double probability) {
    return Logistic.logit(clip(probability));
  }

  private static double clip(double probability) {
    return Math.min(P_MAX, Math.max(P_MIN, probability));
  }
}
