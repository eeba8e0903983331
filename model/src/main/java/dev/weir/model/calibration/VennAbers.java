package dev.weir.model.calibration;

import dev.weir.model.numeric.Logistic;
import java.util.Arrays;
import java.util.List;

/**
 * Inductive Venn–Abers intervals (Vovk and Petej, 2014), one set of calibration rows for fragile records and one for the
 * others: the ends are what isotonic regression gives a record if it is added to the calibration rows with label false,
 * and with label true.
 *
 * <p>The two probabilities bound the label's, not the model's error: the interval narrows with the number of rows near a
 * score, whatever the model leaves out.
 */
public final class VennAbers implements Intervals {
  /** Calibration rows are merged to at most so many scores, by equal mass. */
  static final int SCORES_MAX = 1_000;

  private static final double LOGIT_MAX = 12;

  private final List<Side> sides;

  /**
   * One set of calibration rows as two step functions of a score, by its position among {@code scores}: 2i + 1 is score
   * i itself, 2i lies before it, and 2n after the last.
   *
   * @param scores ascending logits
   * @param lower logit of the probability with label false added, by position
   * @param upper logit of the probability with label true added, by position
   */
  public record Side(double[] scores, double[] lower, double[] upper) {
    public Side {
      if (lower.length != 2 * scores.length + 1 || upper.length != lower.length) {
        throw new IllegalArgumentException("a Venn–Abers side of " + scores.length
            + " scores needs " + (2 * scores.length + 1) + " lower and upper ends, found "
            + lower.length + " and " + upper.length);
      }
      for (int i = 1; i < scores.length; i++) {
        if (!(scores[i] > scores[i - 1])) {
          throw new IllegalArgumentException(
              "Venn–Abers score " + i + ", " + scores[i] + ", is not above the one before");
        }
      }
      for (int i = 0; i < lower.length; i++) {
        if (!(Math.abs(lower[i]) <= LOGIT_MAX) || !(Math.abs(upper[i]) <= LOGIT_MAX)) {
          throw new IllegalArgumentException(
              "a Venn–Abers end at position " + i + " is outside ±12");
        }
      }
      scores = scores.clone();
      lower = lower.clone();
      upper = upper.clone();
    }

    int position(double score) {
      int found = Arrays.binarySearch(scores, score);
      return found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
    }
  }

  /** @param sides for records that are not fragile, and for those that are */
  public VennAbers(List<Side> sides) {
    if (sides.size() != 2) {
      throw new IllegalArgumentException(
          "Venn–Abers intervals have 2 sides, found " + sides.size());
    }
    this.sides = List.copyOf(sides);
  }

  /**
   * Learns one side.
   *
   * @param scores logits of probabilities of models that did not see the rows; at least one row
   */
  public static Side learn(double[] scores, boolean[] labels) {
    Points points = Points.of(scores, labels);
    int n = points.scores.length;
    double[] lower = new double[2 * n + 1];
    double[] upper = new double[2 * n + 1];
    for (int position = 0; position <= 2 * n; position++) {
      lower[position] = clippedLogit(points.with(position, 0));
      upper[position] = clippedLogit(points.with(position, 1));
    }
    return new Side(points.scores, lower, upper);
  }

  private static double clippedLogit(double probability) {
    return Math.min(LOGIT_MAX, Math.max(-LOGIT_MAX, Logistic.logit(probability)));
  }

  @Override
  public void distances(float[] row, int cell, double[] distances) {
    double logit = row[row.length - EXTRAS];
    Side side = sides.get(cell >> 1);
    int position = side.position(logit);
    distances[0] = Math.max(0, logit - side.lower[position]);
    distances[1] = Math.max(0, side.upper[position] - logit);
  }

  /** For records that are not fragile, and for those that are. */
  public List<Side> sides() {
    return sides;
  }

  /** Calibration rows merged by score. */
  private record Points(double[] scores, double[] counts, double[] trues) {
    static Points of(double[] scores, boolean[] labels) {
      if (scores.length == 0 || scores.length != labels.length) {
        throw new IllegalArgumentException(
            scores.length + " scores and " + labels.length + " labels; one of each per row, >= 1");
      }
      Integer[] order = new Integer[scores.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(scores[a] + 0.0, scores[b] + 0.0));
      int mass = (scores.length + SCORES_MAX - 1) / SCORES_MAX;
      double[] merged = new double[scores.length];
      double[] counts = new double[scores.length];
      double[] trues = new double[scores.length];
      int points = 0;
      for (int i = 0; i < order.length; i++) {
        double score = scores[order[i]] + 0.0;
        boolean opens = points == 0 || counts[points - 1] >= mass && score > merged[points - 1];
        points += opens ? 1 : 0;
        // A merged point stands at its last score, so that scores ascend.
        merged[points - 1] = score;
        counts[points - 1]++;
        trues[points - 1] += labels[order[i]] ? 1 : 0;
      }
      return new Points(
          Arrays.copyOf(merged, points),
          Arrays.copyOf(counts, points),
          Arrays.copyOf(trues, points));
    }

    /** Isotonic regression's value at a position, with one row of this label added there. */
    double with(int position, double label) {
      int n = scores.length;
      int at = position / 2;
      boolean own = position % 2 == 0;
      double[] sum = new double[n + 1];
      double[] weight = new double[n + 1];
      int[] last = new int[n + 1];
      int blocks = 0;
      int size = own ? n + 1 : n;
      for (int i = 0; i < size; i++) {
        int point = own && i > at ? i - 1 : i;
        boolean added = i == at;
        boolean counted = !(own && added);
        sum[blocks] = (counted ? trues[point] : 0) + (added ? label : 0);
        weight[blocks] = (counted ? counts[point] : 0) + (added ? 1 : 0);
        last[blocks] = i;
        blocks++;
        while (blocks > 1
            && sum[blocks - 2] * weight[blocks - 1] >= sum[blocks - 1] * weight[blocks - 2]) {
          sum[blocks - 2] += sum[blocks - 1];
          weight[blocks - 2] += weight[blocks - 1];
          last[blocks - 2] = last[blocks - 1];
          blocks--;
        }
      }
      int block = 0;
      while (last[block] < at) {
        block++;
      }
      return sum[block] / weight[block];
    }
  }
}
