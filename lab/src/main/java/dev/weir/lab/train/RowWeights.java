package dev.weir.lab.train;

import java.util.stream.IntStream;

/**
 * How much each row counts where rows of one group are alike: 1/(1 + ρ(g − 1)) in a group of g, the reciprocal of Kish's
 * design effect (Survey Sampling, 1965). ρ is the intraclass kappa of the codes: how often two rows of one group have the
 * same code, beyond how often any two have. Where it is 1 a whole group counts as one row, where it is 0 each row counts.
 */
final class RowWeights {
  private final int[] rows;
  private final int[] codeOfRow;
  /* Groups of these rows alone, numbered from 0: a table of codes by all groups would be large. */
  private final int[] groupOfRow;
  private final int[] sizes;

  private RowWeights(int[] rows, int[] codeOfRow, int[] groupOfRow) {
    this.rows = rows;
    this.codeOfRow = codeOfRow;
    this.groupOfRow = new int[groupOfRow.length];
    int[] numbers = new int[IntStream.of(groupOfRow).max().orElse(-1) + 1];
    int groups = 0;
    for (int row : rows) {
      int group = groupOfRow[row];
      if (numbers[group] == 0) {
        numbers[group] = ++groups;
      }
      this.groupOfRow[row] = numbers[group] - 1;
    }
    this.sizes = new int[groups];
    for (int row : rows) {
      sizes[this.groupOfRow[row]]++;
    }
  }

  /**
   * By row, in (0, 1]; 0 for other rows than those given.
   *
   * @param rows that have a code
   * @param codeOfRow from 0, below {@code codes}
   * @param groupOfRow from 0
   */
  static double[] of(int[] rows, int[] codeOfRow, int codes, int[] groupOfRow) {
    RowWeights weights = new RowWeights(rows, codeOfRow, groupOfRow);
    double rho = weights.kappa(codes);
    double[] byRow = new double[groupOfRow.length];
    for (int row : rows) {
      byRow[row] = 1 / (1 + rho * (weights.sizes[weights.groupOfRow[row]] - 1));
    }
    return byRow;
  }

  private double kappa(int codes) {
    long pairs = IntStream.of(sizes).mapToLong(RowWeights::pairs).sum();
    double anyTwo = agreeing(new int[groupOfRow.length], 1, codes) / (double) pairs(rows.length);
    return pairs == 0 || anyTwo >= 1
        ? 0
        : Math.max(
            0,
            (agreeing(groupOfRow, sizes.length, codes) / (double) pairs - anyTwo) / (1 - anyTwo));
  }

  private static long pairs(int size) {
    return (long) size * (size - 1);
  }

  /** Ordered pairs of rows of one class that have the same code. */
  private long agreeing(int[] classOfRow, int classes, int codes) {
    int[] counts = new int[classes * codes];
    for (int row : rows) {
      counts[classOfRow[row] * codes + codeOfRow[row]]++;
    }
    return IntStream.of(counts).mapToLong(RowWeights::pairs).sum();
  }
}
