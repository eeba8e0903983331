package dev.weir.lab.slice;

/** Upper tails of some distributions. */
final class Tails {
  private static final double SERIES_BELOW = 2.5;
  private static final int TERMS = 100;
  private static final double Z_MAX = 38;
  private static final int BISECTIONS = 60;

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

  /**
   * P[X ≥ wrong] of the number of errors in independent rows (Poisson binomial), exactly.
   *
   * @param expected each row's probability of an error
   */
  static double poissonBinomial(double[] expected, int wrong) {
    // By number of errors so far; the last is so many or more.
    double[] chance = new double[wrong + 1];
    chance[0] = 1;
    int reached = 0;
    for (double p : expected) {
      reached = Math.min(wrong, reached + 1);
      for (int k = reached; k > 0; k--) {
        chance[k] = (k == wrong ? chance[k] : chance[k] * (1 - p)) + chance[k - 1] * p;
      }
      chance[0] *= wrong == 0 ? 1 : 1 - p;
    }
    return Math.min(1, chance[wrong]);
  }

  /**
   * A tail of independent rows as it is where their number of errors varies more.
   *
   * @param tail below .5 it grows; others stay
   * @param designEffect how many times as much, at least 1
   */
  static double widened(double tail, double designEffect) {
    return tail >= 0.5 || designEffect == 1
        ? tail
        : normal(quantile(tail) / Math.sqrt(designEffect));
  }

  /** z with P[Z ≥ z] = tail, by bisection; tail in (0, .5], what is smaller than any double's tail gets 38. */
  private static double quantile(double tail) {
    double low = 0;
    double high = Z_MAX;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (normal(middle) >= tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
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
