package dev.weir.model.glm;

import dev.weir.model.numeric.Gram;
import dev.weir.model.numeric.Logistic;
import java.util.Arrays;

/**
 * The solver behind {@link ElasticNet}: it holds the current solution, so a descending path of λ is warm-started.
 *
 * <p>Not thread-safe; every sum runs in row or column order, so equal input gives equal bits.
 */
final class ProximalNewton {
  /*
   * Proximal Newton (Lee, Sun and Saunders, 2014). Each step takes the exact gradient of all columns, which also gives
   * the optimality conditions, and the Hessian of a working set: the columns in the model and those the sequential
   * strong rule (Tibshirani et al., 2012) keeps. Columns it wrongly leaves out violate the conditions at the next step
   * and enter then. The quadratic model is minimised by coordinate descent on the Hessian (QuadraticDescent), whose
   * sweeps cost |set|² rather than n·|set|, so strongly correlated columns stay cheap. A backtracking line search on
   * the objective makes the steps safe far from the minimum.
   */
  private static final int STEPS_MAX = 100;
  private static final int HALVINGS_MAX = 40;

  private final Design design;
  private final double l1Ratio;
  private final double tolerance;
  private final int width;

  /** The current coefficients; the last is the intercept. */
  private final double[] current;
  /** The logits of the rows under the current coefficients. */
  private double[] logits;

  private final double[] gradient;
  private final double[] curvature;
  private final int[] everyColumn;
  private double lambdaBefore;

  /** Starts at the model without columns. */
  ProximalNewton(Design design, double l1Ratio, double tolerance) {
    this.design = design;
    this.l1Ratio = l1Ratio;
    this.tolerance = tolerance;
    this.width = design.width();
    this.current = new double[width + 1];
    this.gradient = new double[width + 1];
    this.curvature = new double[design.size()];
    this.logits = new double[design.size()];
    this.everyColumn = new int[width + 1];
    for (int j = 0; j <= width; j++) {
      everyColumn[j] = j;
    }
    double mean = 0;
    for (int i = 0; i < design.size(); i++) {
      mean += design.weights[i] * design.targets[i];
    }
    // Rounding may bring the mean of unit weights to 1 although both labels occur.
    double start = Logistic.logit(Math.min(mean, 1 - 1e-15));
    current[width] = start;
    Arrays.fill(logits, start);
    differentiate();
    this.lambdaBefore = lambdaMax();
  }

  /** The least λ at which all coefficients are 0; call it before any {@link #solve}. */
  double lambdaMax() {
    double largest = 0;
    for (int j = 0; j < width; j++) {
      largest = Math.max(largest, Math.abs(gradient[j]));
    }
    return largest / Math.max(l1Ratio, 1e-3);
  }

  /** The minimum at λ, started from the current solution. */
  ElasticNetFit solve(double lambda) {
    double l1 = lambda * l1Ratio;
    double l2 = lambda * (1 - l1Ratio);
    double screen = l1Ratio * Math.min(lambda, 2 * lambda - lambdaBefore);
    double loss = loss(logits);
    double residual = optimalityResidual(l1, l2);
    int steps = 0;
    while (residual > tolerance && steps < STEPS_MAX) {
      int[] set = workingSet(screen);
      double[] move = new QuadraticDescent(hessian(set), l1, l2)
          .minimise(
              pick(gradient, set), pick(current, set), Math.max(0.1 * tolerance, 1e-5 * residual));
      double next = advance(set, move, loss, l1, l2);
      steps++;
      if (Double.isNaN(next)) {
        break;
      }
      loss = next;
      differentiate();
      residual = optimalityResidual(l1, l2);
    }
    lambdaBefore = lambda;
    double[] coefficients = Arrays.copyOf(current, width);
    LogisticGlm model = new LogisticGlm(design.means, design.scales, coefficients, current[width]);
    return new ElasticNetFit(
        model, lambda, loss, loss + penalty(everyColumn, current, l1, l2), residual, steps);
  }

  /** Gradient of the weighted mean log loss in every column, and its second derivative per row. */
  private void differentiate() {
    double[] slopes = new double[design.size()];
    for (int i = 0; i < slopes.length; i++) {
      double probability = Logistic.sigmoid(logits[i]);
      slopes[i] = design.weights[i] * (probability - design.targets[i]);
      curvature[i] = design.weights[i] * probability * (1 - probability);
    }
    products(slopes, gradient);
  }

  private double optimalityResidual(double l1, double l2) {
    double residual = Math.abs(gradient[width]);
    for (int j = 0; j < width; j++) {
      double slope = gradient[j] + l2 * current[j];
      double violation = inModel(j)
          ? Math.abs(slope + l1 * Math.signum(current[j]))
          : Math.max(0, Math.abs(slope) - l1);
      residual = Math.max(residual, violation);
    }
    return residual;
  }

  private boolean inModel(int j) {
    return Math.abs(current[j]) > 0;
  }

  private int[] workingSet(double screen) {
    int[] set = new int[width + 1];
    int count = 0;
    for (int j = 0; j < width; j++) {
      if (inModel(j) || Math.abs(gradient[j]) >= screen) {
        set[count++] = j;
      }
    }
    set[count++] = width;
    return Arrays.copyOf(set, count);
  }

  private double[][] hessian(int[] set) {
    Gram gram = new Gram(set.length);
    double[] row = new double[set.length];
    for (int i = 0; i < curvature.length; i++) {
      for (int k = 0; k < set.length; k++) {
        row[k] = design.columns[set[k]][i];
      }
      gram.add(row, curvature[i]);
    }
    double[][] lower = gram.lower();
    double[][] hessian = new double[set.length][set.length];
    for (int k = 0; k < set.length; k++) {
      for (int l = 0; l <= k; l++) {
        hessian[k][l] = lower[k][l];
        hessian[l][k] = lower[k][l];
      }
    }
    return hessian;
  }

  /** Scalar products of a vector with all columns; four at a time keep the CPU busy. */
  private void products(double[] vector, double[] products) {
    int j = 0;
    for (; j + 3 < products.length; j += 4) {
      double[] a = design.columns[j];
      double[] b = design.columns[j + 1];
      double[] c = design.columns[j + 2];
      double[] d = design.columns[j + 3];
      double sumA = 0;
      double sumB = 0;
      double sumC = 0;
      double sumD = 0;
      for (int i = 0; i < vector.length; i++) {
        double value = vector[i];
        sumA += value * a[i];
        sumB += value * b[i];
        sumC += value * c[i];
        sumD += value * d[i];
      }
      products[j] = sumA;
      products[j + 1] = sumB;
      products[j + 2] = sumC;
      products[j + 3] = sumD;
    }
    for (; j < products.length; j++) {
      double[] column = design.columns[j];
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += vector[i] * column[i];
      }
      products[j] = sum;
    }
  }

  /** Moves along a direction by backtracking from the full step; returns the new loss, or NaN if nothing descends. */
  private double advance(int[] set, double[] move, double loss, double l1, double l2) {
    double[] slope = new double[design.size()];
    double[] target = new double[width + 1];
    double expected = -penalty(set, current, l1, l2);
    for (int k = 0; k < set.length; k++) {
      expected += gradient[set[k]] * move[k];
      target[set[k]] = current[set[k]] + move[k];
      double[] column = design.columns[set[k]];
      for (int i = 0; i < slope.length; i++) {
        slope[i] += move[k] * column[i];
      }
    }
    expected += penalty(set, target, l1, l2);
    double before = loss + penalty(set, current, l1, l2);
    double noise = 1e-14 * (1 + Math.abs(before));
    double length = 1;
    for (int halving = 0; halving < HALVINGS_MAX; halving++, length /= 2) {
      double[] nextLogits = new double[slope.length];
      for (int i = 0; i < slope.length; i++) {
        nextLogits[i] = logits[i] + length * slope[i];
      }
      double[] next = target.clone();
      for (int k = 0; k < set.length && length < 1; k++) {
        next[set[k]] = current[set[k]] + length * move[k];
      }
      double nextLoss = loss(nextLogits);
      if (nextLoss + penalty(set, next, l1, l2)
          <= before + 1e-4 * length * Math.min(0, expected) + noise) {
        for (int j : set) {
          current[j] = next[j];
        }
        logits = nextLogits;
        return nextLoss;
      }
    }
    return Double.NaN;
  }

  private double penalty(int[] set, double[] coefficients, double l1, double l2) {
    double absolute = 0;
    double squares = 0;
    for (int j : set) {
      if (j < width) {
        absolute += Math.abs(coefficients[j]);
        squares += coefficients[j] * coefficients[j];
      }
    }
    return l1 * absolute + l2 / 2 * squares;
  }

  private double loss(double[] at) {
    double loss = 0;
    for (int i = 0; i < at.length; i++) {
      loss += design.weights[i] * Logistic.softplus(design.targets[i] > 0 ? -at[i] : at[i]);
    }
    return loss;
  }

  private static double[] pick(double[] values, int[] set) {
    double[] picked = new double[set.length];
    for (int k = 0; k < set.length; k++) {
      picked[k] = values[set[k]];
    }
    return picked;
  }
}
