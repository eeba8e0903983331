package dev.weir.model.glm;

import dev.weir.model.numeric.Weights;

/**
 * The standardized columns, labels and normalized weights of the rows a model is fitted to.
 *
 * <p>Means and population standard deviations are unweighted, over the present (not NaN) values of the fitted rows;
 * missing values become 0. A column that is constant or wholly missing becomes all 0, with scale 1.
 */
final class Design {
  /* Below this relative spread a column is rounding noise around a constant. */
  private static final double SPREAD_MIN = 1e-14;

  /** Standardized values, columns[j][i]; the last column is the intercept's, all 1. */
  final double[][] columns;
  /** 0 or 1 per fitted row. */
  final double[] targets;
  /** Weights that sum to 1. */
  final double[] weights;

  final double[] means;
  final double[] scales;

  private Design(
      double[][] columns, double[] targets, double[] weights, double[] means, double[] scales) {
    this.columns = columns;
    this.targets = targets;
    this.weights = weights;
    this.means = means;
    this.scales = scales;
  }

  /** The design of the rows whose indices are given, ascending. */
  static Design of(LabelledRows rows, int[] fitted) {
    int width = rows.width();
    double total = 0;
    double positive = 0;
    double[] targets = new double[fitted.length];
    double[] weights = new double[fitted.length];
    for (int i = 0; i < fitted.length; i++) {
      targets[i] = rows.labels()[fitted[i]] ? 1 : 0;
      weights[i] = rows.weights()[fitted[i]];
      total += weights[i];
      positive += weights[i] * targets[i];
    }
    if (!(positive > 0 && positive < total)) {
      throw new IllegalArgumentException(
          "of " + fitted.length + " rows, those of positive weight carry "
              + (total > 0 ? "one label only" : "no label")
              + "; a logistic regression needs both (fewer or larger folds, more rows)");
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    double[][] columns = new double[width + 1][fitted.length];
    double[] means = new double[width];
    double[] scales = new double[width];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < fitted.length; i++) {
        columns[j][i] = rows.rows()[fitted[i]][j];
      }
      standardize(columns, j, means, scales);
    }
    columns[width] = Weights.ones(fitted.length);
    return new Design(columns, targets, weights, means, scales);
  }

  private static void standardize(double[][] columns, int j, double[] means, double[] scales) {
    double[] column = columns[j];
    int present = 0;
    double origin = 0;
    double sum = 0;
    double magnitude = 0;
    for (double value : column) {
      if (!Double.isNaN(value)) {
        // Sums of differences to the first value keep a constant column exactly constant.
        origin = present == 0 ? value : origin;
        present++;
        sum += value - origin;
        magnitude = Math.max(magnitude, Math.abs(value));
      }
    }
    double mean = present == 0 ? 0 : origin + sum / present;
    double squares = 0;
    for (double value : column) {
      squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
    if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
      throw new IllegalArgumentException(
          "column " + j + " spans too far to be standardized: its values reach " + magnitude
              + "; clip or transform it first");
    }
    boolean varies = deviation > SPREAD_MIN * magnitude;
    means[j] = mean;
    scales[j] = varies ? deviation : 1;
    for (int i = 0; i < column.length; i++) {
      column[i] = varies && !Double.isNaN(column[i]) ? (column[i] - mean) / deviation : 0;
    }
  }

  int width() {
    return means.length;
  }

  int size() {
    return targets.length;
  }
}
