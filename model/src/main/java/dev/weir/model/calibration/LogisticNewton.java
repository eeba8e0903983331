package dev.weir.model.calibration;

import dev.weir.model.numeric.Logistic;
import java.util.Arrays;

/**
 * A logistic regression in a few parameters, solved by Newton's method down to the rounding error.
 *
 * <p>Minimises Σ w·[ softplus(x·β) - t·x·β ] + ridge/2·|β - anchor|² over β for targets t in [0, 1], from a given
 * start. The problem is convex; a step that does not descend is halved.
 */
final class LogisticNewton {
  /* Far more than the about ten steps a full-rank problem takes; with the halvings it only bounds the loop. */
  private static final int STEPS_MAX = 200;
  private static final int HALVINGS_MAX = 60;

  private final double[][] columns;
  private final double[] targets;
  private final double[] weights;
  private final double ridge;
  private final double[] anchor;

  /** A problem of columns[k][row]; the ridge pulls towards anchor[k] and may be 0. */
  LogisticNewton(
      double[][] columns, double[] targets, double[] weights, double ridge, double[] anchor) {
    this.columns = columns;
    this.targets = targets;
    this.weights = weights;
    this.ridge = ridge;
    this.anchor = anchor;
  }

  /** The minimising parameters; only those that are {@code free} move from {@code start}. */
  double[] minimise(double[] start, boolean[] free) {
    double[] at = start.clone();
    double objective = objective(at);
    double slope = largest(gradient(at, free));
    for (int step = 0; step < STEPS_MAX && slope > 0; step++) {
      double[] direction = direction(at, free);
      double length = 1;
      boolean moved = false;
      for (int halving = 0; halving < HALVINGS_MAX && !moved; halving++, length /= 2) {
        double[] next = along(at, direction, length);
        if (Arrays.equals(next, at)) {
          return at;
        }
        double nextObjective = objective(next);
        double nextSlope = largest(gradient(next, free));
        // Within the rounding error of the objective only the gradient still tells better from
        // worse.
        double noise = 1e-13 * (1 + Math.abs(objective));
        if (nextObjective < objective - noise
            || (nextObjective <= objective + noise && nextSlope < slope)) {
          at = next;
          objective = nextObjective;
          slope = nextSlope;
          moved = true;
        }
      }
      if (!moved) {
        return at;
      }
    }
    return at;
  }

  /** The value of the objective at the parameters. */
  double objective(double[] at) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      double logit = logit(at, row);
      sum += weights[row]
          * (targets[row] * Logistic.softplus(-logit)
              + (1 - targets[row]) * Logistic.softplus(logit));
    }
    double penalty = 0;
    for (int k = 0; k < at.length; k++) {
      penalty += (at[k] - anchor[k]) * (at[k] - anchor[k]);
    }
    return sum + ridge / 2 * penalty;
  }

  private double[] gradient(double[] at, boolean[] free) {
    double[] gradient = new double[at.length];
    for (int row = 0; row < targets.length; row++) {
      double residual = weights[row] * (Logistic.sigmoid(logit(at, row)) - targets[row]);
      for (int k = 0; k < at.length; k++) {
        gradient[k] += columns[k][row] * residual;
      }
    }
    for (int k = 0; k < at.length; k++) {
      gradient[k] = free[k] ? gradient[k] + ridge * (at[k] - anchor[k]) : 0;
    }
    return gradient;
  }

  /** Minus the inverse Hessian times the gradient; parameters that are not free get an identity row. */
  private double[] direction(double[] at, boolean[] free) {
    int size = at.length;
    double[][] hessian = new double[size][size];
    for (int row = 0; row < targets.length; row++) {
      double probability = Logistic.sigmoid(logit(at, row));
      double curvature = weights[row] * probability * (1 - probability);
      for (int k = 0; k < size; k++) {
        for (int l = 0; l <= k; l++) {
          hessian[k][l] += curvature * columns[k][row] * columns[l][row];
        }
      }
    }
    for (int k = 0; k < size; k++) {
      for (int l = 0; l < k; l++) {
        hessian[k][l] = free[k] && free[l] ? hessian[k][l] : 0;
      }
      hessian[k][k] = free[k] ? hessian[k][k] + ridge : 1;
    }
    return solveNegative(hessian, gradient(at, free));
  }

  /** Solves H·x = -g by Cholesky's decomposition in place; a pivot lost to rounding is raised to a tiny positive one. */
  private static double[] solveNegative(double[][] hessian, double[] gradient) {
    int size = gradient.length;
    double[] x = new double[size];
    for (int k = 0; k < size; k++) {
      double floor = Math.max(1e-14 * hessian[k][k], Double.MIN_NORMAL);
      double sum = -gradient[k];
      for (int l = 0; l <= k; l++) {
        double rest = hessian[k][l];
        for (int m = 0; m < l; m++) {
          rest -= hessian[k][m] * hessian[l][m];
        }
        hessian[k][l] = l < k ? rest / hessian[l][l] : Math.sqrt(Math.max(rest, floor));
        sum -= l < k ? hessian[k][l] * x[l] : 0;
      }
      x[k] = sum / hessian[k][k];
    }
    for (int k = size - 1; k >= 0; k--) {
      double sum = x[k];
      for (int l = k + 1; l < size; l++) {
        sum -= hessian[l][k] * x[l];
      }
      x[k] = sum / hessian[k][k];
    }
    return x;
  }

  private double logit(double[] at, int row) {
    double logit = 0;
    for (int k = 0; k < at.length; k++) {
      logit += at[k] * columns[k][row];
    }
    return logit;
  }

  private static double[] along(double[] at, double[] direction, double length) {
    double[] next = new double[at.length];
    for (int k = 0; k < at.length; k++) {
      next[k] = at[k] + length * direction[k];
    }
    return next;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
