package dev.weir.model.calibration;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.Arrays;

/**
 * Platt's calibrator: probability = σ(slope·margin + intercept).
 *
 * <p>Sign convention: a good model has a slope &gt; 0. Platt (1999) and scikit-learn write 1 / (1 + e^(a·s + b)), so
 * slope = -a and intercept = -b. A slope &lt; 0 (scores that run against the labels) is a legal fit, so that it can be
 * seen, but not {@link #isIncreasing() increasing}: {@link CalibratorChoice} and {@link CalibratorJson} refuse it.
 *
 * @param slope any finite number
 * @param intercept any finite number
 */
public record Platt(double slope, double intercept) implements Calibrator {

  /** Checks that both parameters are finite. */
  public Platt {
    if (!Double.isFinite(slope)) {
      throw new IllegalArgumentException("platt.slope " + slope + " is not finite");
    }
    if (!Double.isFinite(intercept)) {
      throw new IllegalArgumentException("platt.intercept " + intercept + " is not finite");
    }
  }

  @Override
  public double probability(double margin) {
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, margin));
    return Logistic.sigmoid(slope * finite + intercept);
  }

  @Override
  public boolean isIncreasing() {
    return slope >= 0;
  }

  /**
   * The fit to smoothed targets (Platt, 1999; Lin, Lin and Weng, 2007): the minimum of the weighted cross-entropy
   * against t+ = (N+ + 1) / (N+ + 2) and t- = 1 / (N- + 2), N the sums of the weights of the classes.
   *
   * <p>Always finite: separable labels meet targets inside (0, 1), one class gives slope 0 and its target, and equal
   * scores, which leave the slope open, give slope 0 and the mean target. The weights act as numbers of rows: scaling
   * them changes the smoothing. {@link Weights#scaledToMeanOne} makes them counts again.
   *
   * @param scores one finite score per row, on the scale the calibrator will see (margins, for an ensemble)
   * @param weights one finite weight ≥ 0 per row
   * @throws IllegalArgumentException if lengths differ, a value is illegal or no row has a positive weight
   */
  public static Platt fit(double[] scores, boolean[] labels, double[] weights) {
    CalibrationRows rows = new CalibrationRows(scores, labels, weights);
    return solve(rows, rows.smoothedTargets());
  }

  /**
   * The fit to the labels themselves: plain logistic regression of the label on the score, without a penalty. Scaling
   * all weights changes nothing.
   *
   * <p>Equal scores give slope 0 and the mean label. One class, or scores that separate the classes (but for ties at
   * one point), have no finite minimum and are refused.
   *
   * @throws IllegalArgumentException as {@link #fit}, or if there is no finite minimum
   */
  public static Platt fitHardLabels(double[] scores, boolean[] labels, double[] weights) {
    CalibrationRows rows = new CalibrationRows(scores, labels, Weights.scaledToMeanOne(weights));
    requireOverlap(rows);
    return solve(rows, rows.hardTargets());
  }

  private static Platt solve(CalibrationRows rows, double[] targets) {
    double least = rows.least();
    double greatest = rows.greatest();
    double total = 0;
    double mean = 0;
    for (int row = 0; row < rows.size(); row++) {
      total += rows.weights[row];
      mean += rows.weights[row] * targets[row];
    }
    double base = Logistic.logit(mean / total);
    if (least == greatest || rows.positiveWeight == 0 || rows.negativeWeight == 0) {
      return new Platt(0, base);
    }
    // Scores are solved for on [-1, 1], which keeps the Hessian well conditioned wherever they lie.
    double centre = least / 2 + greatest / 2;
    double half = greatest / 2 - least / 2;
    double[][] columns = new double[2][rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      columns[0][row] = (rows.scores[row] - centre) / half;
    }
    Arrays.fill(columns[1], 1);
    double[] fitted = new LogisticNewton(columns, targets, rows.weights, 0, new double[2])
        .minimise(new double[] {0, base}, new boolean[] {true, true});
    double slope = fitted[0] / half;
    return new Platt(slope, fitted[1] - slope * centre);
  }

  /* A finite maximum-likelihood estimate exists iff the classes overlap in both directions (Silvapulle, 1981). */
  private static void requireOverlap(CalibrationRows rows) {
    if (rows.positiveWeight == 0 || rows.negativeWeight == 0) {
      throw new IllegalArgumentException("all labels are " + rows.labels[0]
          + ", which has no finite fit to hard labels; use Platt.fit");
    }
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] greatest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int row = 0; row < rows.size(); row++) {
      int side = rows.labels[row] ? 1 : 0;
      least[side] = Math.min(least[side], rows.scores[row]);
      greatest[side] = Math.max(greatest[side], rows.scores[row]);
    }
    boolean constant = rows.least() == rows.greatest();
    if (!constant && (greatest[0] <= least[1] || greatest[1] <= least[0])) {
      throw new IllegalArgumentException(String.format(
          "the scores separate the labels (false in [%s, %s], true in [%s, %s]), which has no finite fit to hard"
              + " labels; use Platt.fit",
          least[0], greatest[0], least[1], greatest[1]));
    }
  }
}
