package dev.weir.model.metric;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Precision and recall of "true if score ≥ threshold", over all thresholds at the distinct scores.
 *
 * <p>"Precision at 0.8" has three readings, all here: {@link #precisionAtThreshold}, {@link #bestPrecisionAtRecall} and
 * {@link #precisionAtFirstRecall}.
 */
public final class PrecisionRecall {
  private final double[] thresholds;
  /** Weight of the rows at or above each threshold. */
  private final double[] selected;
  /** Weight of the true rows among them. */
  private final double[] hits;

  private PrecisionRecall(double[] thresholds, double[] selected, double[] hits) {
    this.thresholds = thresholds;
    this.selected = selected;
    this.hits = hits;
  }

  /**
   * The curve of scored rows.
   *
   * @param scores one score per row, not NaN
   */
  public static PrecisionRecall of(double[] scores, boolean[] labels, double[] weights) {
    Rows.check(scores, labels, weights);
    int size = scores.length;
    double[] thresholds = new double[size];
    double[] selected = new double[size];
    double[] hits = new double[size];
    double weight = 0;
    double hit = 0;
    int points = 0;
    int[] order = Rows.descending(scores);
    for (int i = 0; i < size; i++) {
      int row = order[i];
      weight += weights[row];
      hit += labels[row] ? weights[row] : 0;
      if (i + 1 == size || scores[order[i + 1]] < scores[row]) {
        thresholds[points] = scores[row];
        selected[points] = weight;
        hits[points++] = hit;
      }
    }
    return new PrecisionRecall(
        Arrays.copyOf(thresholds, points),
        Arrays.copyOf(selected, points),
        Arrays.copyOf(hits, points));
  }

  /** The share of true rows among those with score ≥ threshold; empty if these have no weight. */
  public OptionalDouble precisionAtThreshold(double threshold) {
    int point = last(threshold);
    return point < 0 ? OptionalDouble.empty() : ratio(hits[point], selected[point]);
  }

  /** The share of the true rows with score ≥ threshold among all true rows; empty if no true row has weight. */
  public OptionalDouble recallAtThreshold(double threshold) {
    int point = last(threshold);
    return ratio(point < 0 ? 0 : hits[point], positives());
  }

  /**
   * The greatest precision over all thresholds whose recall is at least a bound; empty if no true row has weight.
   *
   * @param recall in (0, 1]
   */
  public OptionalDouble bestPrecisionAtRecall(double recall) {
    int first = firstPoint(recall);
    if (first < 0) {
      return OptionalDouble.empty();
    }
    double best = 0;
    for (int point = first; point < thresholds.length; point++) {
      best = Math.max(best, hits[point] / selected[point]);
    }
    return OptionalDouble.of(best);
  }

  /** The precision at {@link #firstThresholdWithRecall}; empty if no true row has weight. */
  public OptionalDouble precisionAtFirstRecall(double recall) {
    int first = firstPoint(recall);
    return first < 0 ? OptionalDouble.empty() : ratio(hits[first], selected[first]);
  }

  /**
   * The highest threshold whose recall is at least a bound; empty if no true row has weight.
   *
   * @param recall in (0, 1]
   */
  public OptionalDouble firstThresholdWithRecall(double recall) {
    int first = firstPoint(recall);
    return first < 0 ? OptionalDouble.empty() : OptionalDouble.of(thresholds[first]);
  }

  private double positives() {
    return hits.length == 0 ? 0 : hits[hits.length - 1];
  }

  /** The last point whose threshold is at least the given one, -1 if there is none. */
  private int last(double threshold) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold is NaN");
    }
    int point = -1;
    while (point + 1 < thresholds.length && thresholds[point + 1] >= threshold) {
      point++;
    }
    return point;
  }

  private int firstPoint(double recall) {
    if (!(recall > 0 && recall <= 1)) {
      throw new IllegalArgumentException("recall " + recall + " is outside (0, 1]");
    }
    for (int point = 0; point < thresholds.length && positives() > 0; point++) {
      if (hits[point] / positives() >= recall) {
        return point;
      }
    }
    return -1;
  }

  private static OptionalDouble ratio(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }
}
