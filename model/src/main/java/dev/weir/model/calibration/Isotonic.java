package dev.weir.model.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An isotonic calibrator: a non-decreasing, piecewise linear map through given points, constant outside them.
 *
 * <p>Equal by value. The arrays are copied in and out.
 */
public final class Isotonic implements Calibrator {
  private static final int SHIFTS = 4;

  private final double[] margins;
  private final double[] probabilities;

  /**
   * The map through the points (margins[i], probabilities[i]).
   *
   * @param margins n ≥ 1 finite, strictly ascending margins
   * @param probabilities n non-decreasing probabilities in [0, 1]
   * @throws IllegalArgumentException naming the first point that breaks this
   */
  public Isotonic(double[] margins, double[] probabilities) {
    if (margins.length == 0 || margins.length != probabilities.length) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "isotonic.margins has %d values and isotonic.probabilities %d; both need the same number >= 1",
          margins.length,
          probabilities.length));
    }
    this.margins = margins.clone();
    this.probabilities = probabilities.clone();
    for (int i = 0; i < margins.length; i++) {
      requirePoint(i);
    }
    if (!Double.isFinite(margins[margins.length - 1] - margins[0])) {
      throw new IllegalArgumentException("isotonic.margins span more than a double holds");
    }
  }

  private void requirePoint(int i) {
    if (!Double.isFinite(margins[i])) {
      throw new IllegalArgumentException(
          "isotonic.margins[" + i + "] " + margins[i] + " is not finite");
    }
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      throw new IllegalArgumentException(
          "isotonic.probabilities[" + i + "] " + probabilities[i] + " is outside [0, 1]");
    }
    if (i > 0 && margins[i] <= margins[i - 1]) {
      throw new IllegalArgumentException("isotonic.margins[" + i + "] " + margins[i]
          + " is not above the one before, " + margins[i - 1]);
    }
    if (i > 0 && probabilities[i] < probabilities[i - 1]) {
      throw new IllegalArgumentException("isotonic.probabilities[" + i + "] " + probabilities[i]
          + " is below the one before, " + probabilities[i - 1]);
    }
  }

  /**
   * The isotonic regression of the labels on the scores: rows of weight 0 dropped, equal scores merged to their
   * weighted mean, weighted pool-adjacent-violators (Barlow et al., 1972), and of every block its two ends kept.
   *
   * <p>Always finite: one class gives 0 or 1, equal scores the mean label. Scaling all weights changes nothing.
   *
   * @param scores one finite score per row, on the scale the calibrator will see (margins, for an ensemble)
   * @param weights one finite weight ≥ 0 per row
   * @throws IllegalArgumentException if lengths differ, a value is illegal or no row has a positive weight
   */
  public static Isotonic fit(double[] scores, boolean[] labels, double[] weights) {
    CalibrationRows rows = new CalibrationRows(scores, labels, weights);
    return new PoolAdjacentViolators(rows, rows.hardTargets()).fitted();
  }

  /**
   * Centred isotonic regression (Oron and Flournoy, 2017) of Platt's smoothed targets: of every block its weighted mean
   * margin is kept instead of its two ends, so that between the outermost blocks a greater margin always gives a greater
   * probability, and the order of records survives; and no probability is 0 or 1.
   *
   * <p>Of n rows, neighbours are put together first, in ∛n parts of about equal weight, which is the number that lets bias
   * and variance of a mean fall at the same rate: with fewer rows to a block the curve follows the sample. Where the parts
   * begin means nothing, so the map is the mean of four, whose first parts weigh a quarter, half, three quarters and all of a
   * part (as in averaged shifted histograms: Scott, 1985).
   *
   * <p>Weights are counts, as in {@link Platt#fit}.
   *
   * @param scores one finite score per row, on the scale the calibrator will see (margins, for an ensemble)
   * @param weights one finite weight ≥ 0 per row
   * @throws IllegalArgumentException if lengths differ, a value is illegal or no row has a positive weight
   */
  public static Isotonic fitCentred(double[] scores, boolean[] labels, double[] weights) {
    CalibrationRows rows = new CalibrationRows(scores, labels, weights);
    double parts = Math.max(1, Math.rint(StrictMath.cbrt(rows.size())));
    double partWeight = (rows.positiveWeight + rows.negativeWeight) / parts;
    double[] targets = rows.smoothedTargets();
    return mean(IntStream.rangeClosed(1, SHIFTS)
        .mapToObj(shift -> new PoolAdjacentViolators(
                rows, targets, partWeight * shift / SHIFTS, partWeight)
            .centred())
        .toList());
  }

  /** The mean of some maps, which is linear between the points of all of them. */
  private static Isotonic mean(List<Isotonic> maps) {
    double[] margins = maps.stream()
        .flatMapToDouble(map -> Arrays.stream(map.margins))
        .sorted()
        .distinct()
        .toArray();
    double[] means = new double[margins.length];
    for (int i = 0; i < means.length; i++) {
      double margin = margins[i];
      double mean =
          maps.stream().mapToDouble(map -> map.probability(margin)).average().orElseThrow();
      // Rounding must not let it fall.
      means[i] = i == 0 ? mean : Math.max(means[i - 1], mean);
    }
    return new Isotonic(margins, means);
  }

  @Override
  public double probability(double margin) {
    int last = margins.length - 1;
    if (Double.isNaN(margin)) {
      return Double.NaN;
    }
    if (margin <= margins[0]) {
      return probabilities[0];
    }
    if (margin >= margins[last]) {
      return probabilities[last];
    }
    int found = Arrays.binarySearch(margins, margin);
    if (found >= 0) {
      return probabilities[found];
    }
    int above = -found - 1;
    double left = margins[above - 1];
    double low = probabilities[above - 1];
    double high = probabilities[above];
    double share = (margin - left) / (margins[above] - left);
    // Each operation is monotone after rounding; the bound keeps the last one from passing the next
    // point.
    return Math.min(high, low + share * (high - low));
  }

  @Override
  public boolean isIncreasing() {
    return true;
  }

  /** The margins of the points, strictly ascending; a copy. */
  public double[] margins() {
    return margins.clone();
  }

  /** The probabilities of the points, non-decreasing; a copy. */
  public double[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Isotonic that
        && Arrays.equals(margins, that.margins)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(margins) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "Isotonic[margins=" + Arrays.toString(margins) + ", probabilities="
        + Arrays.toString(probabilities) + "]";
  }
}
