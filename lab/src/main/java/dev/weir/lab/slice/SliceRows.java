package dev.weir.lab.slice;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Judged rows in two halves that share no group: slices are found on one and confirmed on the other.
 *
 * @param wrong whether the prediction was
 * @param expected the error that the model's own confidence expects, 1 − confidence, in [0, 0.5]
 * @param group by row, numbered from 0
 * @param isSecond whether the row is in the second half
 */
public record SliceRows(boolean[] wrong, double[] expected, int[] group, boolean[] isSecond) {
  public SliceRows {
    if (wrong.length != expected.length
        || wrong.length != group.length
        || wrong.length != isSecond.length) {
      throw new IllegalArgumentException("every array needs a value for each row");
    }
  }

  /** Deals groups to the halves at random. */
  public static SliceRows split(boolean[] wrong, double[] expected, int[] group, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] second = new boolean[groups(group)];
    for (int g = 0; g < second.length; g++) {
      second[g] = random.nextBoolean();
    }
    boolean[] isSecond = new boolean[group.length];
    for (int row = 0; row < group.length; row++) {
      isSecond[row] = second[group[row]];
    }
    return new SliceRows(wrong, expected, group, isSecond);
  }

  private static int groups(int[] group) {
    return Arrays.stream(group).max().orElse(-1) + 1;
  }

  int size() {
    return wrong.length;
  }

  /** The rows of one half as members. */
  long[] half(boolean second) {
    long[] members = Condition.none(size());
    for (int row = 0; row < size(); row++) {
      if (isSecond[row] == second) {
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
    double third = 0;
    for (int word = 0; word < members.length; word++) {
      for (long left = members[word]; left != 0; left &= left - 1) {
        int row = (word << 6) + Long.numberOfTrailingZeros(left);
        double p = expected[row];
        n++;
        errors += wrong[row] ? 1 : 0;
        sum += p;
        variance += p * (1 - p);
        third += p * (1 - p) * (1 - 2 * p);
      }
    }
    return new Sums(n, errors, sum, variance, third);
  }

  /** The expected error of some rows. */
  double[] expected(long[] members) {
    return Condition.rows(members).mapToDouble(row -> expected[row]).toArray();
  }

  /**
   * How many times as much as that of independent rows the number of errors varies, since rows of one
   * group err together: 1 + ρ·(Σ over groups of (Σ s)² − Σ s²) ÷ Σ s², s the standard deviation of a
   * row's error.
   *
   * @param spread of a row's error
   * @param correlation ρ of the errors of two rows of one group
   */
  double designEffect(long[] members, IntToDoubleFunction spread, double correlation) {
    if (correlation == 0) {
      return 1;
    }
    double[] ofGroup = new double[groups(group)];
    Condition.rows(members).forEach(row -> ofGroup[group[row]] += spread.applyAsDouble(row));
    double alone = Condition.rows(members)
        .mapToDouble(row -> spread.applyAsDouble(row))
        .map(s -> s * s)
        .sum();
    double together = Arrays.stream(ofGroup).map(s -> s * s).sum();
    return alone > 0 ? 1 + correlation * (together - alone) / alone : 1;
  }

  /**
   * The correlation of the errors of two rows of one group, over all pairs of all groups; 0 where it is
   * not positive.
   *
   * @param residual by row, in standard deviations
   */
  double correlation(IntToDoubleFunction residual) {
    int groups = groups(group);
    double[] sums = new double[groups];
    double[] squares = new double[groups];
    long[] sizes = new long[groups];
    for (int row = 0; row < size(); row++) {
      double r = residual.applyAsDouble(row);
      sums[group[row]] += r;
      squares[group[row]] += r * r;
      sizes[group[row]]++;
    }
    double products = 0;
    long pairs = 0;
    for (int g = 0; g < groups; g++) {
      products += (sums[g] * sums[g] - squares[g]) / 2;
      pairs += sizes[g] * (sizes[g] - 1) / 2;
    }
    return pairs == 0 ? 0 : Math.max(0, products / pairs);
  }

  /**
   * Rows summed up.
   *
   * @param wrong how many were
   * @param expected how many their confidence expects
   * @param variance of that number where confidence is right and rows are independent
   * @param third its third central moment
   */
  record Sums(int rows, int wrong, double expected, double variance, double third) {
    double error() {
      return rows == 0 ? 0 : wrong / (double) rows;
    }

    double meanExpected() {
      return rows == 0 ? 0 : expected / rows;
    }

    /**
     * Errors beyond those expected, in standard deviations of their number, skewness allowed for (Cornish and Fisher,
     * 1938): few rows that hardly ever err stand out by chance more often than z says.
     */
    double excessDeviations() {
      if (variance <= 0) {
        return 0;
      }
      double z = (wrong - expected) / Math.sqrt(variance);
      return z - third / (6 * variance * Math.sqrt(variance)) * (z * z - 1);
    }
  }
}
