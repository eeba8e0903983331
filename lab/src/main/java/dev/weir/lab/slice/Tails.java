package dev.weir.lab.slice;

/** Upper tails of two distributions. */
final class Tails {
  private static final double SERIES_BELOW = 2.5;
  private static final int TERMS = 100;

  private Tails() {}

  /**
   * P[X ≥ wrong] of the wrong rows in a draw without replacement.
   *
   * @param rows of the population
   * @param wrongRows of the population that are wrong
   * @param drawn how many rows are drawn
   */
  static double hypergeometric(int rows, int wrongRows, int drawn, int wrong) {
    double tail = 0;
    for (int k = wrong; k <= Math.min(drawn, wrongRows); k++) {
      if (drawn - k <= rows - wrongRows) {
        tail += StrictMath.exp(logChoose(wrongRows, k)
            + logChoose(rows - wrongRows, drawn - k)
            - logChoose(rows, drawn));
      }
    }
    return Math.min(1, tail);
  }

  private static double logChoose(int n, int k) {
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  /** Stirling's series (DLMF 5.11.1) above 20, where it is exact to 1e-12; the product below. */
  private static double logFactorial(int n) {
    if (n < 20) {
      double product = 1;
      for (int i = 2; i <= n; i++) {
        product *= i;
      }
      return StrictMath.log(product);
    }
    double x = n + 1.0;
    return (x - 0.5) * StrictMath.log(x)
        - x
        + 0.5 * StrictMath.log(2 * Math.PI)
        + 1 / (12 * x)
        - 1 / (360 * x * x * x)
        + 1 / (1260 * x * x * x * x * x);
  }

  /** P[Z ≥ z] of the standard normal: its series near 0 (DLMF 7.6.2), its continued fraction beyond (7.9.3). */
  static double normal(double z) {
    if (z < 0) {
      return 1 - normal(-z);
    }
    double density = StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    if (z < SERIES_BELOW) {
      double term = z;
      double sum = z;
      for (int k = 1; k < TERMS; k++) {
        term *= z * z / (2 * k + 1);
        sum += term;
      }
      return 0.5 - density * sum;
    }
    double fraction = z;
    for (int k = TERMS; k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return density / fraction;
  }
}
