package dev.weir.lab.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much the members of an ensemble differ about rows that none of them saw, by cell: the combination of true flags, and
 * the sixth of the real probabilities that a row's lies in.
 *
 * <p>Errors are not known of real rows, but this is, of real rows and of a world's alike; where a world is rougher than the
 * real one, its members differ more.
 */
final class Disagreement {
  private static final int BANDS = 6;
  private static final int CELL_MIN = 100;

  private final long[] truths;
  private final double[] real;
  private final double[] cuts;
  private final Map<Cell, Sum> cells = new HashMap<>();
  private final Sum all = new Sum();

  private Disagreement(long[] truths, double[] real, double[] cuts) {
    this.truths = truths;
    this.real = real;
    this.cuts = cuts;
  }

  /**
   * That of real rows; arrays are by row of the table.
   *
   * @param truths the true flags
   * @param p probabilities out of fold; NaN where there is none, and such rows are left out here and in worlds
   * @param margins of members that did not see the row
   */
  static Disagreement of(long[] truths, double[] p, Margins margins) {
    double[] ascending = Arrays.stream(p).filter(x -> !Double.isNaN(x)).sorted().toArray();
    int bands = Math.min(BANDS, ascending.length);
    double[] cuts = IntStream.range(1, bands)
        .mapToDouble(band -> ascending[band * ascending.length / bands])
        .toArray();
    Disagreement real = new Disagreement(truths, p, cuts);
    for (int row = 0; row < p.length; row++) {
      real.add(row, p[row], margins, row);
    }
    return real;
  }

  /** Of no rows yet, in the same cells. */
  Disagreement empty() {
    return new Disagreement(truths, real, cuts);
  }

  /**
   * Takes in a row.
   *
   * @param p its probability
   * @param position of the row in {@code margins}
   */
  void add(int row, double p, Margins margins, int position) {
    if (!Double.isNaN(real[row])) {
      double variance = margins.variance(position);
      cells.computeIfAbsent(cell(row, p), cell -> new Sum()).add(variance);
      all.add(variance);
    }
  }

  /** How many times as much members differ here as there; over all rows where a cell has too few to tell. */
  double ratio(Disagreement there, int row, double p) {
    Cell cell = cell(row, p);
    Sum own = cells.getOrDefault(cell, new Sum());
    Sum other = there.cells.getOrDefault(cell, new Sum());
    boolean tells = own.count >= CELL_MIN && other.count > 0;
    return tells ? own.ratio(other) : all.ratio(there.all);
  }

  private Cell cell(int row, double p) {
    int band = (int) Arrays.stream(cuts).filter(cut -> p >= cut).count();
    return new Cell(truths[row], band);
  }

  private record Cell(long truths, int band) {}

  private static final class Sum {
    private double sum;
    private int count;

    void add(double variance) {
      sum += variance;
      count++;
    }

    /** Of standard deviations; 1 where there is none. */
    double ratio(Sum other) {
      return other.sum > 0 ? Math.sqrt(sum / count / (other.sum / other.count)) : 1;
    }
  }
}
