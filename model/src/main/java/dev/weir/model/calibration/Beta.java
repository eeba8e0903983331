package dev.weir.model.calibration;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;

/**
 * The beta calibrator (Kull, Silva Filho and Flach, 2017): with q = σ(margin), the logit of the probability is
 * c + a·ln q - b·ln(1 - q), computed as c - a·softplus(-margin) + b·softplus(margin).
 *
 * <p>a = b = 1, c = 0 is the identity; a shapes the map near 0, b near 1. Non-decreasing because a, b ≥ 0.
 *
 * @param a finite, ≥ 0
 * @param b finite, ≥ 0
 * @param c finite
 */
public record Beta(double a, double b, double c) implements Calibrator {
  /* Decides only directions the data leave open (two distinct margins, or all beyond ±40); otherwise it moves a and b
  by about ridge / (n·variance of ln q / 5), below 1e-6 for a hundred rows. It pulls towards the identity. */
  private static final double RIDGE = 1e-6;

  /** Checks the ranges. */
  public Beta {
    if (!(a >= 0 && a < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta.a " + a + " is not a finite number >= 0");
    }
    if (!(b >= 0 && b < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta.b " + b + " is not a finite number >= 0");
    }
    if (!Double.isFinite(c)) {
      throw new IllegalArgumentException("beta.c " + c + " is not finite");
    }
  }

  @Override
  public double probability(double margin) {
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, margin));
    return Logistic.sigmoid(c - a * Logistic.softplus(-finite) + b * Logistic.softplus(finite));
  }

  @Override
  public boolean isIncreasing() {
    return true;
  }

  /**
   * The fit: logistic regression of Platt's smoothed targets on ln q and -ln(1 - q), with a, b ≥ 0 exactly.
   *
   * <p>Weights are first scaled to a mean of 1, so scaling them changes nothing. Always finite: smoothed targets bound
   * the separable and the one-class case, and a ridge of 1e-6 towards the identity decides what the data leave open,
   * such as equal margins.
   *
   * @param margins one finite margin per row
   * @param weights one finite weight ≥ 0 per row
   * @throws IllegalArgumentException if lengths differ, a value is illegal or no row has a positive weight
   */
  public static Beta fit(double[] margins, boolean[] labels, double[] weights) {
    CalibrationRows rows = new CalibrationRows(margins, labels, Weights.scaledToMeanOne(weights));
    double[][] columns = new double[3][rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      columns[0][row] = -Logistic.softplus(-rows.scores[row]);
      columns[1][row] = Logistic.softplus(rows.scores[row]);
    }
    Arrays.fill(columns[2], 1);
    LogisticNewton problem = new LogisticNewton(
        columns, rows.smoothedTargets(), rows.weights, RIDGE, new double[] {1, 1, 0});
    double[] best = boundedMinimum(problem);
    return new Beta(best[0], best[1], best[2]);
  }

  /* The problem is convex, so the minimum over a, b >= 0 is the best feasible one among the minima over the faces,
  and the inner minimum itself when that is feasible. */
  private static double[] boundedMinimum(LogisticNewton problem) {
    boolean[][] faces = {
      {true, true, true}, {true, false, true}, {false, true, true}, {false, false, true}
    };
    double[] best = {};
    double bestObjective = Double.POSITIVE_INFINITY;
    for (boolean[] face : faces) {
      double[] start = {face[0] ? 1 : 0, face[1] ? 1 : 0, 0};
      double[] minimum = problem.minimise(start, face);
      if (minimum[0] >= 0 && minimum[1] >= 0) {
        double objective = problem.objective(minimum);
        if (face[0] && face[1]) {
          return minimum;
        }
        if (objective < bestObjective) {
          best = minimum;
          bestObjective = objective;
        }
      }
    }
    if (best.length == 0) {
      throw new AssertionError("the face a = b = 0 is always feasible");
    }
    return best;
  }
}
