package dev.weir.model.numeric;

/** Cholesky's decomposition of small symmetric positive semidefinite systems. */
public final class Cholesky {
  /* A pivot below this share of its diagonal element is lost to rounding. */
  private static final double PIVOT_MIN = 1e-14;

  private Cholesky() {}

  /**
   * The solution x of matrix·x = right.
   *
   * <p>A pivot lost to rounding is raised to 1e-14 of its diagonal element, as if a little had been added to the
   * diagonal; so singular systems get a solution too, and minus a gradient always gives a direction of descent.
   *
   * @param matrix n × n; its lower triangle is read and overwritten by the factor
   * @param right n values
   */
  public static double[] solve(double[][] matrix, double[] right) {
    factor(matrix);
    double[] x = new double[right.length];
    for (int k = 0; k < x.length; k++) {
      double sum = right[k];
      for (int l = 0; l < k; l++) {
        sum -= matrix[k][l] * x[l];
      }
      x[k] = sum / matrix[k][k];
    }
    return solveTransposed(matrix, x);
  }

  /**
   * Overwrites the lower triangle of a matrix A by its factor L, A = L·Lᵀ; pivots lost to rounding as in {@link #solve}.
   *
   * @param matrix n × n; only its lower triangle is read
   */
  public static void factor(double[][] matrix) {
    for (int k = 0; k < matrix.length; k++) {
      double[] row = matrix[k];
      double floor = Math.max(PIVOT_MIN * row[k], Double.MIN_NORMAL);
      for (int l = 0; l <= k; l++) {
        double[] other = matrix[l];
        double rest = row[l];
        for (int m = 0; m < l; m++) {
          rest -= row[m] * other[m];
        }
        row[l] = l < k ? rest / other[l] : Math.sqrt(Math.max(rest, floor));
      }
    }
  }

  /** The solution x of Lᵀ·x = right. If right is standard normal, x has the covariance (L·Lᵀ)⁻¹. */
  public static double[] solveTransposed(double[][] factor, double[] right) {
    double[] x = right.clone();
    for (int k = x.length - 1; k >= 0; k--) {
      double sum = x[k];
      for (int l = k + 1; l < x.length; l++) {
        sum -= factor[l][k] * x[l];
      }
      x[k] = sum / factor[k][k];
    }
    return x;
  }
}
