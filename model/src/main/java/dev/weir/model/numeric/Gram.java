package dev.weir.model.numeric;

import java.util.Arrays;

/**
 * A weighted sum of squares and products, Σ w·x·xᵀ. Rows are taken in four at a time, so that the inner loop runs along
 * the sum instead of adding up one number, and compiles to vector instructions; the order of additions is fixed.
 */
public final class Gram {
  private static final int BLOCK = 4;

  private final double[][] lower;
  private final double[][] rows;
  private final double[] weights = new double[BLOCK];
  private int waiting;

  /** No rows yet, of so many columns. */
  public Gram(int columns) {
    this.rows = new double[BLOCK][columns];
    this.lower = new double[columns][];
    for (int j = 0; j < columns; j++) {
      lower[j] = new double[j + 1];
    }
  }

  /** Takes in a row; it is copied. */
  public void add(double[] row, double weight) {
    System.arraycopy(row, 0, rows[waiting], 0, row.length);
    weights[waiting] = weight;
    waiting++;
    if (waiting == BLOCK) {
      sum();
    }
  }

  /** The sum, row by row up to the diagonal; rows may be added later, and the arrays then change. */
  public double[][] lower() {
    for (int r = waiting; r < BLOCK; r++) {
      Arrays.fill(rows[r], 0);
      weights[r] = 0;
    }
    sum();
    return lower;
  }

  private void sum() {
    waiting = 0;
    for (int j = 0; j < lower.length; j++) {
      double a = weights[0] * rows[0][j];
      double b = weights[1] * rows[1][j];
      double c = weights[2] * rows[2][j];
      double d = weights[3] * rows[3][j];
      add(lower[j], a, b, c, d);
    }
  }

  private void add(double[] sums, double a, double b, double c, double d) {
    double[] first = rows[0];
    double[] second = rows[1];
    double[] third = rows[2];
    double[] fourth = rows[3];
    for (int k = 0; k < sums.length; k++) {
      sums[k] += (a * first[k] + b * second[k]) + (c * third[k] + d * fourth[k]);
    }
  }
}
