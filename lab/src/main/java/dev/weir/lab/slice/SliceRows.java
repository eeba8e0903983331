package dev.weir.lab.slice;

import java.util.SplittableRandom;

/**
 * Judged rows in two halves that share no group: slices are found on one and confirmed on the other.
 *
 * @param wrong whether the prediction was
 * @param expected the error that the model's own confidence expects, 1 − confidence, in [0, 0.5]
 * @param isConfirming whether the row is in the second half
 */
public record SliceRows(boolean[] wrong, double[] expected, boolean[] isConfirming) {
  public SliceRows {
    if (wrong.length != expected.length || wrong.length != isConfirming.length) {
      throw new IllegalArgumentException("every array needs a value for each row");
    }
  }

  /**
   * Deals groups to the halves at random.
   *
   * @param group by row, numbered from 0
   */
  public static SliceRows split(boolean[] wrong, double[] expected, int[] group, long seed) {
    int groups = 0;
    for (int g : group) {
      groups = Math.max(groups, g + 1);
    }
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] second = new boolean[groups];
    for (int g = 0; g < groups; g++) {
      second[g] = random.nextBoolean();
    }
    boolean[] isConfirming = new boolean[group.length];
    for (int row = 0; row < group.length; row++) {
      isConfirming[row] = second[group[row]];
    }
    return new SliceRows(wrong, expected, isConfirming);
  }

  int size() {
    return wrong.length;
  }

  /** The rows of one half as members. */
  long[] half(boolean confirming) {
    long[] members = Condition.none(size());
    for (int row = 0; row < size(); row++) {
      if (isConfirming[row] == confirming) {
        Condition.add(members, row);
      }
    }
    return members;
  }

  /** Sums over some rows. */
  Sums sums(long[] members) {
    int n = 0;
    int errors = 0;
    double sum = 0;
    double variance = 0;
    for (int word = 0; word < members.length; word++) {
      for (long left = members[word]; left != 0; left &= left - 1) {
        int row = (word << 6) + Long.numberOfTrailingZeros(left);
        n++;
        errors += wrong[row] ? 1 : 0;
        sum += expected[row];
        variance += expected[row] * (1 - expected[row]);
      }
    }
    return new Sums(n, errors, sum, variance);
  }

  /**
   * Rows summed up.
   *
   * @param wrong how many were
   * @param expected how many their confidence expects
   * @param variance of that number where confidence is right and rows are independent
   */
  record Sums(int rows, int wrong, double expected, double variance) {
    double error() {
      return rows == 0 ? 0 : wrong / (double) rows;
    }

    double meanExpected() {
      return rows == 0 ? 0 : expected / rows;
    }

    /** Errors beyond those expected, in standard deviations of their number. */
    double excessDeviations() {
      return variance > 0 ? (wrong - expected) / Math.sqrt(variance) : 0;
    }
  }
}
