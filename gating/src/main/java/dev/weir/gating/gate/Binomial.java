package dev.weir.gating.gate;

/** The upper tail of a binomial distribution. */
final class Binomial {
  private Binomial() {}

  /**
   * P[Binomial(n, rate) ≥ k], summed from the far end so that small terms come first.
   *
   * @param rate in [0, 1]
   */
  static double upperTail(int n, int k, double rate) {
    if (k <= 0) {
      return 1;
    }
    if (k > n || rate == 0) {
      return 0;
    }
    if (rate == 1) {
      return 1;
    }
    double logOdds = StrictMath.log(rate) - StrictMath.log1p(-rate);
    double logTerm = n * StrictMath.log(rate);
    double tail = 0;
    for (int j = n; j >= k; j--) {
      tail += StrictMath.exp(logTerm);
      logTerm += StrictMath.log(j / (double) (n - j + 1)) - logOdds;
    }
    return Math.min(1, tail);
  }
}
