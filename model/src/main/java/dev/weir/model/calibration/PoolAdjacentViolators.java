package dev.weir.model.calibration;

import java.util.Arrays;
import java.util.Comparator;

/** Weighted isotonic regression by pooling adjacent violators: blocks of scores that share one mean, on a stack. */
final class PoolAdjacentViolators {
  /* Means that differ by rounding alone are one block, or the scale of the weights would decide. */
  private static final double TIE = 1e-12;

  /* Nor must the rounding of weights decide where a part ends. */
  private static final double FULL = 1 - 1e-9;

  private final double[] first;
  private final double[] last;
  private final double[] weight;
  private final double[] positive;
  private final double[] moment;
  private int blocks;

  /**
   * Pools single rows, ties together; the result does not depend on their order but for the rounding of sums over ties.
   *
   * @param targets one per row, in [0, 1]
   */
  PoolAdjacentViolators(CalibrationRows rows, double[] targets) {
    this(rows, targets, 0, 0);
  }

  /**
   * Pools parts: neighbours are first put together until they weigh enough.
   *
   * @param firstWeight of the part with the least scores
   * @param partWeight of all others but the last
   */
  PoolAdjacentViolators(
      CalibrationRows rows, double[] targets, double firstWeight, double partWeight) {
    int size = rows.size();
    first = new double[size];
    last = new double[size];
    weight = new double[size];
    positive = new double[size];
    moment = new double[size];
    Integer[] order = new Integer[size];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, Comparator.comparingDouble(row -> rows.scores[row]));
    int next = 0;
    while (next < size) {
      double enough = FULL * (next == 0 ? firstWeight : partWeight);
      first[blocks] = rows.scores[order[next]];
      weight[blocks] = 0;
      positive[blocks] = 0;
      moment[blocks] = 0;
      while (next < size
          && (weight[blocks] < enough || rows.scores[order[next]] == first[blocks])) {
        next = addTies(rows, targets, order, next);
      }
      blocks++;
      pool();
    }
  }

  /** Adds the rows of one score to the block that is being filled; returns the place after them. */
  private int addTies(CalibrationRows rows, double[] targets, Integer[] order, int from) {
    double score = rows.scores[order[from]];
    double tieWeight = 0;
    double tiePositive = 0;
    int next = from;
    for (; next < order.length && rows.scores[order[next]] == score; next++) {
      int row = order[next];
      tieWeight += rows.weights[row];
      tiePositive += rows.weights[row] * targets[row];
    }
    last[blocks] = score;
    weight[blocks] += tieWeight;
    positive[blocks] += tiePositive;
    moment[blocks] += tieWeight * score;
    return next;
  }

  private void pool() {
    while (blocks > 1 && mean(blocks - 2) >= mean(blocks - 1) - TIE) {
      last[blocks - 2] = last[blocks - 1];
      weight[blocks - 2] += weight[blocks - 1];
      positive[blocks - 2] += positive[blocks - 1];
      moment[blocks - 2] += moment[blocks - 1];
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

  /** The calibrator through the weighted mean margin of every block. */
  Isotonic centred() {
    double[] margins = new double[blocks];
    double[] probabilities = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      // Rounding must not carry a mean out of its block, or the margins might not ascend.
      margins[block] = Math.max(first[block], Math.min(last[block], moment[block] / weight[block]));
      probabilities[block] = mean(block);
    }
    return new Isotonic(margins, probabilities);
  }
}
