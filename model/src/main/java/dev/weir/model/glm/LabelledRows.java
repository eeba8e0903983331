package dev.weir.model.glm;

import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.Locale;

/** Checked training rows; the arrays are shared with the caller, who must not write to them during a fit. */
final class LabelledRows {
  private final double[][] rows;
  private final boolean[] labels;
  private final double[] weights;

  /**
   * Checks shapes and values.
   *
   * @throws IllegalArgumentException if there is no row, shapes differ, a value is infinite or a weight illegal
   */
  LabelledRows(double[][] rows, boolean[] labels, double[] weights) {
    if (rows.length == 0 || rows.length != labels.length || rows.length != weights.length) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%d rows, %d labels and %d weights; the same number >= 1 of each is needed",
          rows.length,
          labels.length,
          weights.length));
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " columns, row 0 has " + rows[0].length);
      }
      for (int j = 0; j < rows[i].length; j++) {
        if (Double.isInfinite(rows[i][j])) {
          throw new IllegalArgumentException("row " + i + ", column " + j + " is " + rows[i][j]
              + "; values must be finite, or NaN for missing");
        }
      }
    }
    if (!(Weights.total(weights) > 0)) {
      throw new IllegalArgumentException("none of " + rows.length + " rows has a positive weight");
    }
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
  }

  double[][] rows() {
    return rows;
  }

  boolean[] labels() {
    return labels;
  }

  double[] weights() {
    return weights;
  }

  int width() {
    return rows[0].length;
  }

  int size() {
    return rows.length;
  }

  int[] all() {
    int[] all = new int[rows.length];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
