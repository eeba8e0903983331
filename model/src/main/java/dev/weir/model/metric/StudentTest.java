package dev.weir.model.metric;

/**
 * The two-sided p value of a correlation under Student's t distribution.
 *
 * <p>With t² = ν·r² / (1 - r²), p = I_x(ν/2, 1/2) at x = ν / (ν + t²) = 1 - r², I being the regularized incomplete beta
 * function.
 */
final class StudentTest {
  private static final int TERMS_MAX = 10_000;

  private StudentTest() {}

  /** The p value in [0, 1] of a correlation in [-1, 1] with {@code freedom} ≥ 0 degrees of freedom; 1 for none. */
  static double twoSided(double correlation, int freedom) {
    if (freedom == 0) {
      return 1;
    }
    double x = (1 - correlation) * (1 + correlation);
    double a = freedom / 2.0;
    if (x <= 0) {
      return 0;
    }
    if (x >= 1) {
      return 1;
    }
    double front = StrictMath.exp(a * StrictMath.log(x)) * Math.abs(correlation) / beta(freedom);
    // The continued fraction converges fast below this point, its mirror image above.
    double p = x < (a + 1) / (a + 2.5)
        ? front * continuedFraction(a, 0.5, x) / a
        : 1 - front * continuedFraction(0.5, a, correlation * correlation) / 0.5;
    return Math.max(0, Math.min(1, p));
  }

  /** B(ν/2, 1/2), from B(1/2, 1/2) = π or B(1, 1/2) = 2 by B(a + 1, 1/2) = B(a, 1/2)·a / (a + 1/2). */
  private static double beta(int freedom) {
    boolean odd = freedom % 2 == 1;
    double beta = odd ? Math.PI : 2;
    for (double a = odd ? 0.5 : 1; a + 0.25 < freedom / 2.0; a++) {
      beta *= a / (a + 0.5);
    }
    return beta;
  }

  /* The continued fraction of I_x(a, b) without its front factor, by Lentz's method (Press et al., Numerical Recipes,
  section 6.4). */
  private static double continuedFraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m <= TERMS_MAX; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / awayFromZero(1 + even * d);
      c = awayFromZero(1 + even / c);
      fraction *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / awayFromZero(1 + odd * d);
      c = awayFromZero(1 + odd / c);
      fraction *= d * c;
      if (Math.abs(d * c - 1) < 1e-15) {
        break;
      }
    }
    return fraction;
  }

  private static double awayFromZero(double value) {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
  }
}
