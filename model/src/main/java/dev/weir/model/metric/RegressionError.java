package dev.weir.model.metric;

import dev.weir.model.numeric.Weights;
import java.util.OptionalDouble;

/**
 * Errors of predicted values, in the unit of the target unless said otherwise.
 *
 * <p>Targets, predictions and weights are finite, one per row; without weight every error is empty.
 */
public final class RegressionError {
  private RegressionError() {}

  /** The weighted mean absolute error, ≥ 0. */
  public static OptionalDouble meanAbsolute(
      double[] targets, double[] predictions, double[] weights) {
    double total = check(targets, predictions, weights);
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      sum += weights[row] * Math.abs(targets[row] - predictions[row]);
    }
    return mean(sum, total);
  }

  /** The root of the weighted mean squared error, ≥ 0. */
  public static OptionalDouble rootMeanSquared(
      double[] targets, double[] predictions, double[] weights) {
    double total = check(targets, predictions, weights);
    return mean(Math.sqrt(total) * Math.sqrt(squares(targets, predictions, weights)), total);
  }

  /**
   * R², the share of the target's variance explained: 1 - Σ w·(target - prediction)² / Σ w·(target - mean)², at most 1,
   * without unit.
   *
   * <p>A constant target has no variance to explain: the result is empty, where scikit-learn returns 1 for exact
   * predictions and 0 for others.
   */
  public static OptionalDouble rSquared(double[] targets, double[] predictions, double[] weights) {
    double total = check(targets, predictions, weights);
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < targets.length; row++) {
      sum += weights[row] * targets[row];
      if (weights[row] > 0) {
        least = Math.min(least, targets[row]);
        greatest = Math.max(greatest, targets[row]);
      }
    }
    if (!(greatest > least)) {
      return OptionalDouble.empty();
    }
    double mean = sum / total;
    double spread = 0;
    for (int row = 0; row < targets.length; row++) {
      spread += weights[row] * (targets[row] - mean) * (targets[row] - mean);
    }
    return spread > 0
        ? OptionalDouble.of(1 - squares(targets, predictions, weights) / spread)
        : OptionalDouble.empty();
  }

  /**
   * The pinball loss of a predicted quantile (Koenker and Bassett, 1978), ≥ 0: the weighted mean of q·u for u ≥ 0 and
   * (q - 1)·u otherwise, u = target - prediction.
   *
   * @param quantile q, in (0, 1)
   */
  public static OptionalDouble pinball(
      double[] targets, double[] predictions, double[] weights, double quantile) {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile " + quantile + " is outside (0, 1)");
    }
    double total = check(targets, predictions, weights);
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      double error = targets[row] - predictions[row];
      sum += weights[row] * (error >= 0 ? quantile * error : (quantile - 1) * error);
    }
    return mean(sum, total);
  }

  private static double squares(double[] targets, double[] predictions, double[] weights) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      double error = targets[row] - predictions[row];
      sum += weights[row] * error * error;
    }
    return sum;
  }

  private static double check(double[] targets, double[] predictions, double[] weights) {
    Rows.requireSame("predictions", predictions.length, targets.length);
    Rows.requireSame("weights", weights.length, targets.length);
    Rows.requireFinite("target", targets);
    Rows.requireFinite("prediction", predictions);
    return Weights.total(weights);
  }

  private static OptionalDouble mean(double sum, double total) {
    return total > 0 ? OptionalDouble.of(sum / total) : OptionalDouble.empty();
  }
}
