package dev.weir.model.glm;

import dev.weir.model.numeric.Cholesky;
import dev.weir.model.numeric.Gram;
import java.util.SplittableRandom;

/**
 * What else a logistic regression may be, given the rows it was fitted to: Laplace's approximation (MacKay, 1992), normal
 * around the fitted coefficients with the inverse Hessian of the penalised loss as covariance.
 */
public final class LaplacePosterior {
  private final LogisticGlm fitted;
  /* Cholesky's factor of the Hessian; the intercept comes last. */
  private final double[][] factor;

  private LaplacePosterior(LogisticGlm fitted, double[][] factor) {
    this.fitted = fitted;
    this.factor = factor;
  }

  /**
   * Around a fitted model.
   *
   * @param rows that it was fitted to; NaN is missing
   * @param precision of each coefficient beforehand, per standard deviation of its column, &gt; 0; of an elastic net λ
   *     times the number of rows
   */
  public static LaplacePosterior of(LogisticGlm fitted, double[][] rows, double precision) {
    if (!(precision > 0)) {
      throw new IllegalArgumentException("precision " + precision + " is not above 0");
    }
    double[] means = fitted.means();
    double[] scales = fitted.scales();
    int columns = means.length;
    Gram gram = new Gram(columns + 1);
    double[] x = new double[columns + 1];
    x[columns] = 1;
    for (double[] row : rows) {
      double p = fitted.probability(row);
      for (int j = 0; j < columns; j++) {
        x[j] = Double.isNaN(row[j]) ? 0 : (row[j] - means[j]) / scales[j];
      }
      gram.add(x, p * (1 - p));
    }
    double[][] hessian = gram.lower();
    for (int j = 0; j < columns; j++) {
      hessian[j][j] += precision;
    }
    Cholesky.factor(hessian);
    return new LaplacePosterior(fitted, hessian);
  }

  /** A model drawn at random. */
  public LogisticGlm draw(SplittableRandom random) {
    double[] normal = new double[factor.length];
    for (int j = 0; j < normal.length; j++) {
      normal[j] = normal(random);
    }
    double[] change = Cholesky.solveTransposed(factor, normal);
    double[] coefficients = fitted.coefficients();
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] += change[j];
    }
    return new LogisticGlm(
        fitted.means(),
        fitted.scales(),
        coefficients,
        fitted.intercept() + change[coefficients.length]);
  }

  /** Standard normal, by Box and Muller (1958). */
  private static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
