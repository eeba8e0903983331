package dev.weir.model.calibration;

import dev.weir.model.tree.TreeEnsemble;
import java.util.Arrays;

/**
 * How far below and above a probability its central 80 % interval reaches, in logit space.
 *
 * <p>A two-target tree model predicts the .1 and .9 quantiles of (logit of an out-of-sample member's
 * probability − logit p_model); the distances are −q10 and q90, never below 0 so that quantiles
 * cannot cross, times a scale for the record's cell: fragile or not × predicted class (gate.md §5).
 */
public final class QuantileCalibrator {
  /** Inputs after the model's own row: logit p_model, logit μ_blend, ln(1 + N_finest). */
  public static final int EXTRAS = 3;

  /** Fragile or not × predicted class. */
  public static final int CELLS = 4;

  private final TreeEnsemble model;
  private final double[] scales;

  /**
   * @param model one member with two targets: the .1 and the .9 quantile
   * @param scales by cell, finite and at least 0
   */
  public QuantileCalibrator(TreeEnsemble model, double[] scales) {
    if (model.memberCount() != 1 || model.targetCount() != 2) {
      throw new IllegalArgumentException("the quantile model must be one member with two targets");
    }
    if (scales.length != CELLS || !Arrays.stream(scales).allMatch(QuantileCalibrator::isScale)) {
      throw new IllegalArgumentException("the quantile scales " + Arrays.toString(scales)
          + " must be " + CELLS + " finite numbers of at least 0");
    }
    this.model = model;
    this.scales = scales.clone();
  }

  private static boolean isScale(double scale) {
    return scale >= 0 && Double.isFinite(scale);
  }

  /** The cell of a record. */
  public static int cell(boolean fragile, boolean predicted) {
    return (fragile ? 2 : 0) + (predicted ? 1 : 0);
  }

  /**
   * The distances of one record.
   *
   * @param row the model's row followed by the {@link #EXTRAS}
   * @param distances receives d_lo and d_hi, both at least 0
   */
  public void distances(float[] row, int cell, double[] distances) {
    distances(row, cell, new float[2], distances);
  }

  /** The same without allocating: {@code quantiles} is room for the model's two answers. */
  public void distances(float[] row, int cell, float[] quantiles, double[] distances) {
    model.margins(row, quantiles);
    distances[0] = scales[cell] * Math.max(0, -(double) quantiles[0]);
    distances[1] = scales[cell] * Math.max(0, (double) quantiles[1]);
  }

  /** By cell. */
  public double[] scales() {
    return scales.clone();
  }
}
