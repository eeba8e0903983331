package dev.weir.model.glm;

import dev.weir.model.numeric.Logistic;
import java.util.Arrays;
import java.util.Locale;

/**
 * A fitted logistic regression: logit = intercept + Σ coefficients[j]·(row[j] - means[j]) / scales[j].
 *
 * <p>Immutable, equal by value; scoring allocates nothing. A NaN in a row is a missing value and counts as the column's
 * mean. Columns of coefficient 0 are not read at all.
 */
public final class LogisticGlm {
  /* Two infinite terms of opposite signs would add up to NaN, which passes every limit it is compared with. */
  private static final double TERM_MAX = 1e300;

  private final double[] means;
  private final double[] scales;
  private final double[] coefficients;
  private final double intercept;
  private final int[] used;

  /**
   * A model of p ≥ 0 columns; the arrays are copied.
   *
   * @param means p finite means, on the scale of the rows
   * @param scales p finite standard deviations &gt; 0 (1 for a constant column)
   * @param coefficients p finite coefficients, per standard deviation
   * @param intercept finite: the logit of a row of means
   * @throws IllegalArgumentException naming the first value that breaks this
   */
  public LogisticGlm(double[] means, double[] scales, double[] coefficients, double intercept) {
    if (means.length != coefficients.length || scales.length != coefficients.length) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "glm has %d means, %d scales and %d coefficients; one of each per column is needed",
          means.length,
          scales.length,
          coefficients.length));
    }
    requireFinite("means", means);
    requireFinite("scales", scales);
    requireFinite("coefficients", coefficients);
    for (int j = 0; j < scales.length; j++) {
      if (scales[j] <= 0) {
        throw new IllegalArgumentException(
            "glm.scales[" + j + "] " + scales[j] + " is not above 0");
      }
    }
    if (!Double.isFinite(intercept)) {
      throw new IllegalArgumentException("glm.intercept " + intercept + " is not finite");
    }
    this.means = means.clone();
    this.scales = scales.clone();
    this.coefficients = coefficients.clone();
    this.intercept = intercept;
    int[] all = new int[coefficients.length];
    int count = 0;
    for (int j = 0; j < coefficients.length; j++) {
      if (Math.abs(coefficients[j]) > 0) {
        all[count++] = j;
      }
    }
    this.used = Arrays.copyOf(all, count);
  }

  private static void requireFinite(String field, double[] values) {
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        throw new IllegalArgumentException(
            "glm." + field + "[" + j + "] " + values[j] + " is not finite");
      }
    }
  }

  /**
   * The probability in [0, 1] of a row.
   *
   * @param row one value per column; NaN is missing. An infinite value in a used column gives 0 or 1, unless another
   *     speaks against it; never NaN
   * @throws IllegalArgumentException if the row has another number of columns
   */
  public double probability(double[] row) {
    return Logistic.sigmoid(logit(row));
  }

  /** The logit of {@link #probability}. */
  public double logit(double[] row) {
    if (row.length != coefficients.length) {
      throw new IllegalArgumentException(
          "a row of " + row.length + " columns for a model of " + coefficients.length + " columns");
    }
    double logit = intercept;
    for (int j : used) {
      double standardized = (row[j] - means[j]) / scales[j];
      if (!Double.isNaN(standardized)) {
        logit += Math.max(-TERM_MAX, Math.min(TERM_MAX, coefficients[j] * standardized));
      }
    }
    return logit;
  }

  /** The number of columns. */
  public int columns() {
    return coefficients.length;
  }

  /** The number of columns whose coefficient is not 0. */
  public int nonzero() {
    return used.length;
  }

  /** The means of the columns; a copy. */
  public double[] means() {
    return means.clone();
  }

  /** The standard deviations of the columns; a copy. */
  public double[] scales() {
    return scales.clone();
  }

  /** The coefficients per standard deviation; a copy. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** The logit of a row of means. */
  public double intercept() {
    return intercept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogisticGlm that
        && Arrays.equals(means, that.means)
        && Arrays.equals(scales, that.scales)
        && Arrays.equals(coefficients, that.coefficients)
        && Double.compare(intercept, that.intercept) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(coefficients) + Double.hashCode(intercept);
  }

  @Override
  public String toString() {
    return "LogisticGlm[columns=" + columns() + ", nonzero=" + nonzero() + ", intercept="
        + intercept + "]";
  }
}
