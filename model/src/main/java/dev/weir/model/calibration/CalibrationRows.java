package dev.weir.model.calibration;

import dev.weir.model.numeric.Weights;
import java.util.Locale;

/** The checked rows every calibrator is fitted to, in the caller's order; rows of weight 0 are dropped. */
final class CalibrationRows {
  final double[] scores;
  final boolean[] labels;
  final double[] weights;
  /** The sum of the weights of the rows labelled true. */
  final double positiveWeight;
  /** The sum of the weights of the rows labelled false. */
  final double negativeWeight;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the lengths differ, a score is not finite, a weight is negative or not finite,
   *     or no row has a positive weight
   */
  CalibrationRows(double[] scores, boolean[] labels, double[] weights) {
    if (scores.length != labels.length || scores.length != weights.length) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%d scores, %d labels and %d weights; one of each per row is needed",
          scores.length,
          labels.length,
          weights.length));
    }
    if (!(Weights.total(weights) > 0)) {
      throw new IllegalArgumentException(
          "a calibrator needs at least one row of positive weight; there are " + scores.length
              + " rows");
    }
    int kept = 0;
    for (double weight : weights) {
      kept += weight > 0 ? 1 : 0;
    }
    this.scores = new double[kept];
    this.labels = new boolean[kept];
    this.weights = new double[kept];
    double positive = 0;
    double negative = 0;
    int next = 0;
    for (int row = 0; row < scores.length; row++) {
      if (!Double.isFinite(scores[row])) {
        throw new IllegalArgumentException("score[" + row + "] " + scores[row] + " is not finite");
      }
      if (weights[row] > 0) {
        // Adding 0 turns -0.0 into 0.0, so that equal scores also compare equal.
        this.scores[next] = scores[row] + 0.0;
        this.labels[next] = labels[row];
        this.weights[next] = weights[row];
        next++;
        positive += labels[row] ? weights[row] : 0;
        negative += labels[row] ? 0 : weights[row];
      }
    }
    this.positiveWeight = positive;
    this.negativeWeight = negative;
  }

  int size() {
    return scores.length;
  }

  double least() {
    double least = scores[0];
    for (double score : scores) {
      least = Math.min(least, score);
    }
    return least;
  }

  double greatest() {
    double greatest = scores[0];
    for (double score : scores) {
      greatest = Math.max(greatest, score);
    }
    return greatest;
  }

  /** The labels as targets 0 and 1. */
  double[] hardTargets() {
    return targets(1, 0);
  }

  /**
   * The labels as Platt's smoothed targets, t+ = (N+ + 1) / (N+ + 2) and t- = 1 / (N- + 2), with N+ and N- the sums of
   * the weights of the two classes: the posterior means under a uniform prior, never 0 or 1.
   */
  double[] smoothedTargets() {
    return targets((positiveWeight + 1) / (positiveWeight + 2), 1 / (negativeWeight + 2));
  }

  private double[] targets(double positive, double negative) {
    double[] targets = new double[labels.length];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = labels[row] ? positive : negative;
    }
    return targets;
  }
}
