package dev.weir.lab.train;

import java.util.Arrays;

/** Rows of floats, NaN = missing, in one array: a million rows of objects would not fit in memory. */
final class FeatureMatrix {
  private final int columns;
  private final float[] values;
  private final boolean[] nominal;

  FeatureMatrix(int rows, int columns) {
    this(rows, new boolean[columns]);
  }

  /** @param nominal by column, whether its numbers are names of categories: whole numbers of at least 0 */
  FeatureMatrix(int rows, boolean[] nominal) {
    int columns = nominal.length;
    if ((long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(rows + " rows of " + columns
          + " columns are more than one training run can hold; use fewer rows");
    }
    this.columns = columns;
    this.nominal = nominal.clone();
    this.values = new float[rows * columns];
  }

  int columns() {
    return columns;
  }

  boolean isNominal(int column) {
    return nominal[column];
  }

  int rows() {
    return values.length / columns;
  }

  void set(int row, float[] from) {
    System.arraycopy(from, 0, values, row * columns, columns);
  }

  /** A copy of one row. */
  float[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  void read(int row, float[] into) {
    read(row, into, 0);
  }

  /** Copies one row to a place in a longer one. */
  void read(int row, float[] into, int from) {
    System.arraycopy(values, row * columns, into, from, columns);
  }

  /** The values of some rows, one after the other. */
  float[] rows(int[] rows) {
    float[] picked = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * columns, picked, i * columns, columns);
    }
    return picked;
  }
}
