package dev.weir.model.metric;

import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.Comparator;

/** The checks and orders the metrics share. */
final class Rows {
  private Rows() {}

  /** Refuses scores that are NaN, lengths that differ and illegal weights; returns the total weight. */
  static double check(double[] scores, boolean[] labels, double[] weights) {
    requireSame("labels", labels.length, scores.length);
    requireSame("weights", weights.length, scores.length);
    requireNoNaN("score", scores);
    return Weights.total(weights);
  }

  /** As {@link #check}, and refuses probabilities outside [0, 1]. */
  static double checkProbabilities(double[] probabilities, boolean[] labels, double[] weights) {
    double total = check(probabilities, labels, weights);
    for (int row = 0; row < probabilities.length; row++) {
      if (!(probabilities[row] >= 0 && probabilities[row] <= 1)) {
        throw new IllegalArgumentException(
            "probability[" + row + "] " + probabilities[row] + " is outside [0, 1]");
      }
    }
    return total;
  }

  static void requireSame(String what, int found, int rows) {
    if (found != rows) {
      throw new IllegalArgumentException(found + " " + what + " for " + rows + " rows");
    }
  }

  static void requireNoNaN(String what, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        throw new IllegalArgumentException(what + "[" + row + "] is NaN");
      }
    }
  }

  static void requireFinite(String what, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (!Double.isFinite(values[row])) {
        throw new IllegalArgumentException(
            what + "[" + row + "] " + values[row] + " is not finite");
      }
    }
  }

  /** Row numbers by ascending value, equal values (0.0 and -0.0 too) in row order. */
  static int[] ascending(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, Comparator.comparingDouble(row -> values[row] + 0.0));
    int[] rows = new int[order.length];
    Arrays.setAll(rows, i -> order[i]);
    return rows;
  }

  /** Row numbers by descending value, equal values in row order. */
  static int[] descending(double[] values) {
    double[] negated = new double[values.length];
    Arrays.setAll(negated, row -> -values[row]);
    return ascending(negated);
  }
}
