package dev.weir.model.metric;

/**
 * The score interval of a share (Wilson, 1927), good for few trials and shares near 0 and 1.
 *
 * @param lower in [0, 1], at most the observed share
 * @param upper in [0, 1], at least the observed share
 */
public record WilsonInterval(double lower, double upper) {

  /**
   * The interval (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n) of p = successes / trials; [0, 1] for no trials.
   *
   * @param successes in [0, trials]; need not be whole, so an effective number of weighted rows may be given
   * @param trials n, finite, ≥ 0
   * @param z the normal quantile, finite, ≥ 0: 1.96 for a two-sided 95 %
   */
  public static WilsonInterval of(double successes, double trials, double z) {
    if (!(trials >= 0 && trials < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("trials " + trials + " is not a finite number >= 0");
    }
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes " + successes + " is outside [0, trials " + trials + "]");
    }
    if (!(z >= 0 && z < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("z " + z + " is not a finite number >= 0");
    }
    if (!(trials > 0)) {
      return new WilsonInterval(0, 1);
    }
    // Multiplied through by n, which has no small divisor: exact ends for a share of 0 or 1.
    double failures = trials - successes;
    double square = z * z;
    double half = z * Math.sqrt(successes * failures / trials + square / 4);
    double share = successes / trials;
    double lower = (successes + square / 2 - half) / (trials + square);
    double upper = (successes + square / 2 + half) / (trials + square);
    return new WilsonInterval(
        Math.max(0, Math.min(lower, share)), Math.min(1, Math.max(upper, share)));
  }
}
