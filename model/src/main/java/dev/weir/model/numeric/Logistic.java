package dev.weir.model.numeric;

/** The logistic function and its inverse, by {@link StrictMath}, so that replay gives equal bits. */
public final class Logistic {
  private Logistic() {}

  /** The probability in [0, 1] of a logit; ±∞ give 1 and 0, NaN gives NaN. */
  public static double sigmoid(double logit) {
    if (logit >= 0) {
      return 1 / (1 + StrictMath.exp(-logit));
    }
    double e = StrictMath.exp(logit);
    return e / (1 + e);
  }

  /** The logit of a probability in [0, 1]; 0 and 1 give -∞ and +∞. */
  public static double logit(double probability) {
    return StrictMath.log(probability) - StrictMath.log1p(-probability);
  }

  /**
   * ln(1 + e^x) without overflow or cancellation; the log loss of a logit x is softplus(-x) for a true label and
   * softplus(x) for a false one. +∞ gives +∞, -∞ gives 0, NaN gives NaN.
   */
  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
