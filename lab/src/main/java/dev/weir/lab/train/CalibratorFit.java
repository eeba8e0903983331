package dev.weir.lab.train;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.numeric.Split;
import dev.weir.model.numeric.Weights;
import java.util.List;

/**
 * The calibrator with the lowest Brier score out of fold, and what each judged row gets from one that did not see it.
 *
 * @param pOutOfFold by position among the judged rows; NaN where none is left that did not see the row
 */
record CalibratorFit(CalibratorChoice choice, double[] pOutOfFold) {
  /**
   * @param margins of the judged rows, from members that did not see them
   * @param splits by position among the judged rows
   */
  static CalibratorFit of(double[] margins, boolean[] labels, List<Split> splits) {
    double[] ones = Weights.ones(margins.length);
    CalibratorChoice choice = CalibratorChoice.choose(margins, labels, ones, splits);
    double[] p = new double[margins.length];
    java.util.Arrays.fill(p, Double.NaN);
    for (Split split : splits) {
      Calibrator fitted = choice
          .kind()
          .fit(
              Picked.of(margins, split.fitted()),
              Picked.of(labels, split.fitted()),
              Weights.ones(split.fitted().length));
      for (int row : split.judged()) {
        p[row] = fitted.probability(margins[row]);
      }
    }
    return new CalibratorFit(choice, p);
  }
}
