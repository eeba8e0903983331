package dev.weir.model.calibration;

/**
 * How far below and above a probability its central 80 % interval reaches, in logit space. Immutable; p50 is always
 * p_model, and as distances are never below 0, quantiles cannot cross.
 */
public sealed interface Intervals permits QuantileCalibrator, VennAbers {
  /** Inputs after the model's own row: logit p_model, logit μ_blend, ln(1 + N_finest). */
  int EXTRAS = 3;

  /** Fragility cells: fragile or not × predicted class. */
  int CELLS = 4;

  /** The cell of a record. */
  static int cell(boolean fragile, boolean predicted) {
    return (fragile ? 2 : 0) + (predicted ? 1 : 0);
  }

  /**
   * The distances of one record.
   *
   * @param row the model's row followed by the {@link #EXTRAS}
   * @param cell as {@link #cell}
   * @param distances receives d_lo and d_hi, both at least 0
   */
  void distances(float[] row, int cell, double[] distances);
}
