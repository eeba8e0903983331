package dev.weir.model.calibration;

import dev.weir.model.numeric.Cholesky;
import dev.weir.model.numeric.Logistic;
import java.util.Arrays;

/**
 * A logistic regression in a few parameters, solved by Newton's method down to the rounding error.
 *
 * <p>Minimises Σ w·[ softplus(x·β) - t·x·β ] + ridge/2·|β - anchor|² over β for targets t in [0, 1], from a given
 * start. The problem is convex.
 */
final class LogisticNewton {
  /*
   * A Newton step is taken if it descends enough. Far out, where sigmoids are flat, it may not; then a step is taken on
   * the quadratic that touches the loss here and lies above it elsewhere (Jaakkola and Jordan, 2000), which always
   * descends. About ten steps are usual; the limit only bounds the loop.
   */
  private static final int STEPS_MAX = 500;

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
    State state = new State(start.clone(), objective(start), gradient(start, free));
    for (int step = 0; step < STEPS_MAX; step++) {
      State next = better(state, free, false);
      if (next == state) {
        next = better(state, free, true);
      }
      if (next == state || Arrays.equals(next.at, state.at)) {
        break;
      }
      state = next;
    }
    return state.at;
  }

  /** The state after one step, or the given state itself if the step is no improvement. */
  private State better(State state, boolean[] free, boolean bounded) {
    double[] minusGradient = Arrays.stream(state.gradient).map(slope -> -slope).toArray();
    double[] direction = Cholesky.solve(hessian(state.at, free, bounded), minusGradient);
    double[] next = state.at.clone();
    double expected = 0;
    for (int k = 0; k < next.length; k++) {
      next[k] += direction[k];
      expected += state.gradient[k] * direction[k];
    }
    double objective = objective(next);
    // Within the rounding error of the objective only the gradient still tells better from worse.
    double noise = 1e-13 * (1 + Math.abs(state.objective));
    if (!(objective <= state.objective + noise)) {
      return state;
    }
    double[] gradient = gradient(next, free);
    boolean descends = objective < state.objective + 1e-4 * expected - noise;
    return descends || largest(gradient) < largest(state.gradient)
        ? new State(next, objective, gradient)
        : state;
  }

  /** Parameters with the objective and its gradient there. */
  private static final class State {
    final double[] at;
    final double objective;
    final double[] gradient;

    State(double[] at, double objective, double[] gradient) {
      this.at = at;
      this.objective = objective;
      this.gradient = gradient;
    }
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

  /** The Hessian, or the one of the quadratic bound; parameters that are not free get an identity row. */
  private double[][] hessian(double[] at, boolean[] free, boolean bounded) {
    int size = at.length;
    double[][] hessian = new double[size][size];
    for (int row = 0; row < targets.length; row++) {
      double curvature = weights[row] * curvature(logit(at, row), bounded);
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
    return hessian;
  }

  /** p(1 - p), or the greater curvature (p - 1/2) / logit of the bound, 1/4 at 0. */
  private static double curvature(double logit, boolean bounded) {
    double probability = Logistic.sigmoid(logit);
    if (!bounded) {
      return probability * (1 - probability);
    }
    return Math.abs(logit) < 1e-4 ? 0.25 : (probability - 0.5) / logit;
  }

  private double logit(double[] at, int row) {
    double logit = 0;
    for (int k = 0; k < at.length; k++) {
      logit += at[k] * columns[k][row];
    }
    return logit;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
