package dev.weir.model.glm;

import dev.weir.model.numeric.Cholesky;
import java.util.stream.IntStream;

/**
 * Coordinate descent on gradient·δ + δ'Hδ/2 + penalty(β + δ), the last coordinate being the unpenalised intercept.
 *
 * <p>Soft thresholding (Donoho and Johnstone, 1994) sets coefficients to exactly 0.
 */
final class QuadraticDescent {
  /* Bounds the work on nearly singular problems; the Newton steps around it carry on from where it stopped. */
  private static final int SWEEPS_MAX = 2000;
  /* Sweeps find the support fast but converge slowly on correlated columns; a direct solve on it ends that. */
  private static final int SWEEPS_PER_SOLVE = 20;
  private static final double DAMPING = 1e-9;

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
    double[] slope = gradient.clone();
    double[] at = beta.clone();
    for (int sweep = 1; sweep <= SWEEPS_MAX; sweep++) {
      if (sweep(at, slope) <= tolerance) {
        break;
      }
      if (sweep % SWEEPS_PER_SOLVE == 0) {
        solveOnSupport(at, slope);
      }
    }
    for (int k = 0; k < at.length; k++) {
      at[k] -= beta[k];
    }
    return at;
  }

  /** Minimises over each coordinate in turn; returns the largest change of the gradient. */
  private double sweep(double[] at, double[] slope) {
    int intercept = at.length - 1;
    double change = 0;
    for (int k = 0; k <= intercept; k++) {
      double own = hessian[k][k];
      double denominator = k == intercept ? own : own + l2;
      if (denominator > 0) {
        double centre = own * at[k] - slope[k];
        double next = (k == intercept ? centre : softThreshold(centre)) / denominator;
        double move = next - at[k];
        if (Math.abs(move) > 0) {
          move(k, move, at, slope);
          at[k] = next;
          change = Math.max(change, denominator * Math.abs(move));
        }
      }
    }
    return change;
  }

  /**
   * Minimises over all nonzero coordinates at once while their signs hold; where one would change its sign, stops there
   * with that coordinate at 0. Kept only if it lowers the objective, which rounding may prevent.
   */
  private void solveOnSupport(double[] at, double[] slope) {
    int intercept = at.length - 1;
    int[] support = IntStream.rangeClosed(0, intercept)
        .filter(k -> k == intercept || Math.abs(at[k]) > 0)
        .toArray();
    double[] moves = supportDirection(support, at, slope);
    double length = 1;
    int stopped = -1;
    for (int k = 0; k < support.length - 1; k++) {
      double room = -at[support[k]] / moves[k];
      if (room > 0 && room < length) {
        length = room;
        stopped = support[k];
      }
    }
    double[] next = at.clone();
    double[] nextSlope = slope.clone();
    for (int k = 0; k < support.length; k++) {
      int j = support[k];
      double target = j == stopped ? 0 : at[j] + length * moves[k];
      move(j, target - at[j], next, nextSlope);
      next[j] = target;
    }
    double change = 0;
    for (int j = 0; j <= intercept; j++) {
      change += (next[j] - at[j]) * (slope[j] + nextSlope[j]) / 2;
      if (j < intercept) {
        change += l1 * (Math.abs(next[j]) - Math.abs(at[j]))
            + l2 / 2 * (next[j] - at[j]) * (next[j] + at[j]);
      }
    }
    if (change < 0) {
      System.arraycopy(next, 0, at, 0, at.length);
      System.arraycopy(nextSlope, 0, slope, 0, slope.length);
    }
  }

  /** The Newton direction in the coordinates of the support, slightly damped so that it exists. */
  private double[] supportDirection(int[] support, double[] at, double[] slope) {
    int intercept = at.length - 1;
    double[][] matrix = new double[support.length][support.length];
    double[] right = new double[support.length];
    for (int k = 0; k < support.length; k++) {
      int j = support[k];
      for (int l = 0; l <= k; l++) {
        matrix[k][l] = hessian[j][support[l]];
      }
      matrix[k][k] += j == intercept ? 0 : l2;
      matrix[k][k] *= 1 + DAMPING;
      right[k] = j == intercept ? -slope[j] : -(slope[j] + l2 * at[j] + l1 * Math.signum(at[j]));
    }
    return Cholesky.solve(matrix, right);
  }

  private void move(int k, double move, double[] at, double[] slope) {
    at[k] += move;
    double[] row = hessian[k];
    for (int l = 0; l < slope.length; l++) {
      slope[l] += move * row[l];
    }
  }

  private double softThreshold(double value) {
    return value > l1 ? value - l1 : value < -l1 ? value + l1 : 0;
  }
}
