package dev.weir.model.reference;

import dev.weir.model.numeric.Quantiles;
import java.util.Arrays;
import java.util.List;

/**
 * Type-7 quantiles of each channel's positive training values, at every 1/{@value #STEPS}.
 *
 * <p>A channel without positive training values has no mark, and nothing is above it.
 */
public final class Marks {
  /** Distance between two marks is 1/STEPS. */
  public static final int STEPS = 1000;

  /** Amounts up to this count as zero (SPEND_ZERO_TOLERANCE). */
  public static final double ZERO_TOLERANCE = 1e-6;

  private final double[][] quantiles;

  private Marks(double[][] quantiles) {
    this.quantiles = quantiles;
  }

  /**
   * The marks of observed training values.
   *
   * @param values per channel, in declared order; any number of observed values, in any order
   */
  public static Marks learn(List<double[]> values) {
    return new Marks(values.stream().map(Marks::quantiles).toArray(double[][]::new));
  }

  /** Marks as they were stored: per channel STEPS + 1 ascending values, or none. */
  public static Marks of(double[][] quantiles) {
    for (double[] channel : quantiles) {
      if (channel.length != 0 && channel.length != STEPS + 1) {
        throw new IllegalArgumentException(
            "a channel has " + channel.length + " marks; it must have none or " + (STEPS + 1));
      }
      for (int i = 1; i < channel.length; i++) {
        if (!(channel[i] >= channel[i - 1])) {
          throw new IllegalArgumentException("mark " + i + " is below the one before it");
        }
      }
    }
    return new Marks(Arrays.stream(quantiles).map(double[]::clone).toArray(double[][]::new));
  }

  private static double[] quantiles(double[] values) {
    double[] positive =
        Arrays.stream(values).filter(v -> v > ZERO_TOLERANCE).sorted().toArray();
    if (positive.length == 0) {
      return new double[0];
    }
    double[] marks = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      marks[i] = Quantiles.type7(positive, i / (double) STEPS);
    }
    return marks;
  }

  /** The mark of a channel at step/STEPS; +∞ where the channel has none. */
  public double at(int channel, int step) {
    double[] marks = quantiles[channel];
    return marks.length == 0 ? Double.POSITIVE_INFINITY : marks[step];
  }

  /** Per channel all marks, or none. */
  public double[][] quantiles() {
    return Arrays.stream(quantiles).map(double[]::clone).toArray(double[][]::new);
  }
}
