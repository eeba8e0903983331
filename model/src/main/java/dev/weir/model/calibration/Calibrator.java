package dev.weir.model.calibration;

/** A map from the margin of a model, its score in logit space, to a probability. Immutable and free of allocation. */
public sealed interface Calibrator permits Platt, Isotonic, Beta {

  /**
   * The probability in [0, 1] that belongs to a margin.
   *
   * @param margin any double: ±∞ is treated as a very large margin of that sign, NaN gives NaN
   */
  double probability(double margin);

  /** Whether a greater margin never gives a smaller probability; what fails this must not be deployed. */
  boolean isIncreasing();
}
