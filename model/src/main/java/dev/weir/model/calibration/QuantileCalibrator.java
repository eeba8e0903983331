package dev.weir.model.calibration;

import dev.weir.model.tree.TreeEnsemble;
import java.util.Arrays;

/**
 * The quantile calibrator (gate.md §5): a two-target tree model predicts the .1 and .9 quantiles of (logit of the true
 * probability − logit p_model); the distances are −q10 and q90, never below 0, times a scale for the record's fragility
 * cell.
 */
public final class QuantileCalibrator implements Intervals {
  /* Scoring must not allocate; a thread scores one record at a time. */
  private static final ThreadLocal<float[]> QUANTILES = ThreadLocal.withInitial(() -> new float[2]);

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

  @Override
  public void distances(float[] row, int cell, double[] distances) {
    float[] quantiles = QUANTILES.get();
    model.margins(row, quantiles);
    distances[0] = scales[cell] * Math.max(0, -(double) quantiles[0]);
    distances[1] = scales[cell] * Math.max(0, (double) quantiles[1]);
  }

  /** By cell. */
  public double[] scales() {
    return scales.clone();
  }
}
