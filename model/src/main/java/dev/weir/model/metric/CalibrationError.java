package dev.weir.model.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The expected calibration error (Naeini, Cooper and Hauskrecht, 2015): how far probabilities lie from frequencies. */
public final class CalibrationError {
  private CalibrationError() {}

  /**
   * One bin of a reliability diagram.
   *
   * @param index the bin, from 0; bin k of B holds probabilities in [k/B, (k+1)/B), the last one 1 too
   * @param rows the number of rows in it, those of weight 0 included
   * @param weight the sum of their weights, &gt; 0
   * @param meanProbability the weighted mean probability, in [0, 1]
   * @param meanLabel the weighted share of true labels, in [0, 1]
   */
  public record Bin(int index, int rows, double weight, double meanProbability, double meanLabel) {}

  /**
   * The bins of equal width that carry weight, in order.
   *
   * @param probabilities one per row, in [0, 1]
   * @param bins ≥ 1
   */
  public static List<Bin> bins(
      double[] probabilities, boolean[] labels, double[] weights, int bins) {
    Rows.checkProbabilities(probabilities, labels, weights);
    requireBins(bins);
    int[] rows = new int[bins];
    double[] weight = new double[bins];
    double[] probability = new double[bins];
    double[] positive = new double[bins];
    for (int row = 0; row < probabilities.length; row++) {
      int bin = Math.min((int) (probabilities[row] * bins), bins - 1);
      rows[bin]++;
      weight[bin] += weights[row];
      probability[bin] += weights[row] * probabilities[row];
      positive[bin] += labels[row] ? weights[row] : 0;
    }
    List<Bin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      if (weight[bin] > 0) {
        filled.add(new Bin(
            bin,
            rows[bin],
            weight[bin],
            probability[bin] / weight[bin],
            positive[bin] / weight[bin]));
      }
    }
    return List.copyOf(filled);
  }

  /**
   * The error over bins of equal width, in [0, 1]: Σ W_k/W·|mean probability - mean label|; 10 and 15 bins are usual.
   *
   * @param probabilities one per row, in [0, 1]
   * @param bins ≥ 1
   * @return empty without weight
   */
  public static OptionalDouble equalWidth(
      double[] probabilities, boolean[] labels, double[] weights, int bins) {
    double total = 0;
    double sum = 0;
    for (Bin bin : bins(probabilities, labels, weights, bins)) {
      total += bin.weight();
      sum += bin.weight() * Math.abs(bin.meanProbability() - bin.meanLabel());
    }
    return total > 0 ? OptionalDouble.of(sum / total) : OptionalDouble.empty();
  }

  /**
   * The error over bins of equal numbers of rows, in [0, 1], without weights: rows sorted by probability (ties in row
   * order) and cut into parts of n/bins, the first n mod bins of them one row longer.
   *
   * <p>Ties are cut through, so the result may depend on the order of tied rows.
   *
   * @param probabilities one per row, in [0, 1]
   * @param bins ≥ 1
   * @return empty without rows
   */
  public static OptionalDouble equalMass(double[] probabilities, boolean[] labels, int bins) {
    Rows.checkProbabilities(probabilities, labels, new double[labels.length]);
    requireBins(bins);
    int size = probabilities.length;
    int[] order = Rows.ascending(probabilities);
    double sum = 0;
    int next = 0;
    for (int bin = 0; bin < bins; bin++) {
      int end = next + size / bins + (bin < size % bins ? 1 : 0);
      double difference = 0;
      for (; next < end; next++) {
        difference += probabilities[order[next]] - (labels[order[next]] ? 1 : 0);
      }
      sum += Math.abs(difference);
    }
    return size > 0 ? OptionalDouble.of(sum / size) : OptionalDouble.empty();
  }

  private static void requireBins(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins " + bins + " is below 1");
    }
  }
}
