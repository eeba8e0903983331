package dev.weir.model.numeric;

import java.util.Arrays;

/** Row weights: one finite value ≥ 0 per row, where 0 means "as if the row were absent". */
public final class Weights {
  private Weights() {}

  /** A weight of 1 for each of {@code rows} rows. */
  public static double[] ones(int rows) {
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    return weights;
  }

  /**
   * The sum of the weights in row order; 0 for no rows.
   *
   * @throws IllegalArgumentException if a weight is negative or not finite, or the sum overflows
   */
  public static double total(double[] weights) {
    double total = 0;
    for (int row = 0; row < weights.length; row++) {
      double weight = weights[row];
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight[" + row + "] " + weight + " is not a finite number >= 0");
      }
      total += weight;
    }
    if (total == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the sum of the weights overflows; scale them to a mean of 1");
    }
    return total;
  }

  /**
   * The weights times a constant, so that the positive ones have a mean of 1 and their sum is a number of rows.
   *
   * @throws IllegalArgumentException as {@link #total}, or if no weight is positive
   */
  public static double[] scaledToMeanOne(double[] weights) {
    double total = total(weights);
    if (total == 0) {
      throw new IllegalArgumentException("no row has a positive weight");
    }
    int positive = 0;
    for (double weight : weights) {
      positive += weight > 0 ? 1 : 0;
    }
    double mean = total / positive;
    double[] scaled = new double[weights.length];
    for (int row = 0; row < weights.length; row++) {
      scaled[row] = weights[row] / mean;
    }
    return scaled;
  }
}
