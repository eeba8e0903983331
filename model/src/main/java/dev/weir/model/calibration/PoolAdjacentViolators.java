package dev.weir.model.calibration;

import java.util.Arrays;
import java.util.Comparator;

/** Weighted isotonic regression by pooling adjacent violators: blocks of scores that share one mean, on a stack. */
final class PoolAdjacentViolators {
  private final double[] first;
  private final double[] last;
  private final double[] weight;
  private final double[] positive;
  private int blocks;

  /** Pools the rows; the result does not depend on their order but for the rounding of sums over ties. */
  PoolAdjacentViolators(CalibrationRows rows) {
    int size = rows.size();
    first = new double[size];
    last = new double[size];
    weight = new double[size];
    positive = new double[size];
    Integer[] order = new Integer[size];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, Comparator.comparingDouble(row -> rows.scores[row]));
    int next = 0;
    while (next < size) {
      double score = rows.scores[order[next]];
      double tieWeight = 0;
      double tiePositive = 0;
      for (; next < size && rows.scores[order[next]] == score; next++) {
        int row = order[next];
        tieWeight += rows.weights[row];
        tiePositive += rows.labels[row] ? rows.weights[row] : 0;
      }
      push(score, tieWeight, tiePositive);
    }
  }

  private void push(double score, double tieWeight, double tiePositive) {
    first[blocks] = score;
    last[blocks] = score;
    weight[blocks] = tieWeight;
    positive[blocks] = tiePositive;
    blocks++;
    while (blocks > 1 && mean(blocks - 2) >= mean(blocks - 1)) {
      last[blocks - 2] = last[blocks - 1];
      weight[blocks - 2] += weight[blocks - 1];
      positive[blocks - 2] += positive[blocks - 1];
      blocks--;
    }
  }

  private double mean(int block) {
    return positive[block] / weight[block];
  }

  /** The calibrator through the two ends of every block, or its one point. */
  Isotonic fitted() {
    double[] margins = new double[2 * blocks];
    double[] probabilities = new double[2 * blocks];
    int points = 0;
    for (int block = 0; block < blocks; block++) {
      margins[points] = first[block];
      probabilities[points++] = mean(block);
      if (last[block] > first[block]) {
        margins[points] = last[block];
        probabilities[points++] = mean(block);
      }
    }
    return new Isotonic(Arrays.copyOf(margins, points), Arrays.copyOf(probabilities, points));
  }
}
