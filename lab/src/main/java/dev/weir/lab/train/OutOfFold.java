package dev.weir.lab.train;

import dev.weir.model.metric.RiskCoverage;
import dev.weir.model.numeric.Weights;
import java.util.function.IntToDoubleFunction;

/**
 * What models that did not see a row say of it; arrays are by position in {@code rows}.
 *
 * <p>Members, calibrator, fallback, priors and intervals that gave a row its figures were fitted without the row and its
 * group. But the kind of calibrator and the fallback's penalty were chosen on all rows; marks, categories and fills were learnt
 * from all rows, so that none has an unknown category; and the worlds that intervals are learnt from come from fits to all
 * labels. Where folds go forward in time, these carry the future back. {@code weir evaluate --folds} is free of all that: it
 * trains anew without the rows it judges.
 *
 * @param rows positions in the list of training records, ascending: all of them, or where folds go
 *     forward in time those that are later than the first folds
 * @param folds the fold that each row was judged in
 * @param labels the outcomes
 * @param fragile whether a flag of the domain's fragile union is true
 * @param pModel the calibrated probability, in [0, 1]
 * @param pGlm the fallback's probability, in [0, 1]
 * @param p10 the lower end of the central 80 % interval
 * @param p90 its upper end
 */
public record OutOfFold(
    int[] rows,
    int[] folds,
    boolean[] labels,
    boolean[] fragile,
    double[] pModel,
    double[] pGlm,
    double[] p10,
    double[] p90) {
  public OutOfFold {
    int n = rows.length;
    if (folds.length != n
        || labels.length != n
        || fragile.length != n
        || pModel.length != n
        || pGlm.length != n
        || p10.length != n
        || p90.length != n) {
      throw new IllegalArgumentException("every array needs one value for each of " + n + " rows");
    }
  }

  /** Risk against coverage where rows of the most probable predicted class are accepted first. */
  public RiskCoverage byPlainConfidence(double threshold) {
    return curve(threshold, row -> pModel[row] >= threshold ? pModel[row] : 1 - pModel[row]);
  }

  /**
   * Risk against coverage where the rows of the greatest figure are accepted first.
   *
   * @param threshold a probability of at least this predicts true
   */
  public RiskCoverage curve(double threshold, IntToDoubleFunction confidence) {
    boolean[] wrong = new boolean[size()];
    double[] confidences = new double[size()];
    for (int row = 0; row < size(); row++) {
      wrong[row] = pModel[row] >= threshold != labels[row];
      confidences[row] = confidence.applyAsDouble(row);
    }
    return RiskCoverage.of(confidences, wrong, Weights.ones(size()));
  }

  /** How many rows were judged. */
  public int size() {
    return rows.length;
  }
}
