package dev.weir.model.glm;

/**
 * Coordinate descent on gradient·δ + δ'Hδ/2 + penalty(β + δ), the last coordinate being the unpenalised intercept.
 *
 * <p>Soft thresholding (Donoho and Johnstone, 1994) sets coefficients to exactly 0.
 */
final class QuadraticDescent {
  /* Bounds the work on nearly singular problems; the Newton steps around it carry on from where it stopped. */
  private static final int SWEEPS_MAX = 2000;

  private final double[][] hessian;
  private final double l1;
  private final double l2;

  QuadraticDescent(double[][] hessian, double l1, double l2) {
    this.hessian = hessian;
    this.l1 = l1;
    this.l2 = l2;
  }

  /** The step δ from β at which no coordinate would change the gradient by more than {@code tolerance}. */
  double[] minimise(double[] gradient, double[] beta, double tolerance) {
    int intercept = beta.length - 1;
    double[] slope = gradient.clone();
    double[] at = beta.clone();
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < SWEEPS_MAX && change > tolerance; sweep++) {
      change = 0;
      for (int k = 0; k <= intercept; k++) {
        double own = hessian[k][k];
        double denominator = k == intercept ? own : own + l2;
        if (denominator > 0) {
          double centre = own * at[k] - slope[k];
          double next = (k == intercept ? centre : softThreshold(centre)) / denominator;
          double move = next - at[k];
          if (Math.abs(move) > 0) {
            at[k] = next;
            double[] row = hessian[k];
            for (int l = 0; l <= intercept; l++) {
              slope[l] += move * row[l];
            }
            change = Math.max(change, denominator * Math.abs(move));
          }
        }
      }
    }
    for (int k = 0; k <= intercept; k++) {
      at[k] -= beta[k];
    }
    return at;
  }

  private double softThreshold(double value) {
    return value > l1 ? value - l1 : value < -l1 ? value + l1 : 0;
  }
}
