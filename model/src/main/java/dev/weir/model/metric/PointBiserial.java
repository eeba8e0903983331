package dev.weir.model.metric;

import java.util.Optional;

/**
 * The point-biserial correlation between a yes/no variable and a number: Pearson's r with yes = 1, no = 0.
 *
 * @param correlation in [-1, 1]
 * @param probability the two-sided p value in [0, 1] of Student's t test with n - 2 degrees of freedom; 1 for n = 2
 */
public record PointBiserial(double correlation, double probability) {

  /**
   * The correlation of n rows.
   *
   * @param values one finite number per row
   * @return empty if either variable is constant, so for fewer than 2 rows too
   */
  public static Optional<PointBiserial> of(boolean[] binary, double[] values) {
    Rows.requireSame("values", values.length, binary.length);
    Rows.requireFinite("value", values);
    int size = values.length;
    int yes = 0;
    double sum = 0;
    boolean varies = false;
    for (int row = 0; row < size; row++) {
      yes += binary[row] ? 1 : 0;
      sum += values[row] - values[0];
      varies |= Math.abs(values[row] - values[0]) > 0;
    }
    if (yes == 0 || yes == size || !varies) {
      return Optional.empty();
    }
    double share = (double) yes / size;
    double mean = sum / size;
    double together = 0;
    double squares = 0;
    for (int row = 0; row < size; row++) {
      double deviation = values[row] - values[0] - mean;
      together += ((binary[row] ? 1 : 0) - share) * deviation;
      squares += deviation * deviation;
    }
    double spread = Math.sqrt(size * share * (1 - share)) * Math.sqrt(squares);
    double correlation = Math.max(-1, Math.min(1, together / spread));
    return Optional.of(new PointBiserial(correlation, StudentTest.twoSided(correlation, size - 2)));
  }
}
