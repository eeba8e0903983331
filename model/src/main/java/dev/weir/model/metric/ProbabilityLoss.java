package dev.weir.model.metric;

import java.util.OptionalDouble;

/** Proper scores of probabilities against labels; less is better. */
public final class ProbabilityLoss {
  /* Probabilities nearer to 0 and 1 are taken as this far, so one sure error costs 34.5 nats and not infinity. */
  private static final double CLIP = 1e-15;

  private ProbabilityLoss() {}

  /**
   * The Brier score in [0, 1]: the weighted mean of (probability - label)².
   *
   * @param probabilities one per row, in [0, 1]
   * @return empty without weight
   */
  public static OptionalDouble brier(double[] probabilities, boolean[] labels, double[] weights) {
    double total = Rows.checkProbabilities(probabilities, labels, weights);
    double sum = 0;
    for (int row = 0; row < probabilities.length; row++) {
      double error = probabilities[row] - (labels[row] ? 1 : 0);
      sum += weights[row] * error * error;
    }
    return total > 0 ? OptionalDouble.of(sum / total) : OptionalDouble.empty();
  }

  /**
   * The log loss in nats, ≥ 0: the weighted mean of -ln(probability of the label), with probabilities clipped to
   * [1e-15, 1 - 1e-15].
   *
   * @param probabilities one per row, in [0, 1]
   * @return empty without weight
   */
  public static OptionalDouble logLoss(double[] probabilities, boolean[] labels, double[] weights) {
    double total = Rows.checkProbabilities(probabilities, labels, weights);
    double sum = 0;
    for (int row = 0; row < probabilities.length; row++) {
      double probability = Math.max(CLIP, Math.min(1 - CLIP, probabilities[row]));
      sum -= weights[row]
          * (labels[row] ? StrictMath.log(probability) : StrictMath.log1p(-probability));
    }
    return total > 0 ? OptionalDouble.of(sum / total) : OptionalDouble.empty();
  }
}
