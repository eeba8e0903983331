package dev.weir.model.reference;

import java.util.Arrays;
import java.util.List;

/**
 * What batches of training rows look like: each statistic's moments, how much wider than independent
 * records batches of whole groups spread, and how large the largest of all z is in batches like
 * training.
 *
 * <p>For a batch of n records, m of them with a number, against M such training rows:
 *
 * <ul>
 *   <li>a rate: z = 2(asin √p̂ − asin √p)·√m ÷ (scale·√(1 + m/M)), which has the same variance
 *       whatever p is (Anscombe, 1948)
 *   <li>a mean: z = Σ(x − μ)/σ ÷ √m ÷ (scale·√(1 + m/M)), each x first brought into the range of
 *       the training rows, so that no single record can make a batch drift
 * </ul>
 *
 * <p>scale(n) is the .99 quantile of |z| in batches of whole training groups ÷ 2.576, at least 1;
 * between the sizes that were measured it and the thresholds are linear in ln n.
 */
public final class DriftTable {
  /** The shares of ordinary batches that may alarm for which thresholds are kept, descending. */
  public static final List<Double> FALSE_ALARMS = List.of(0.05, 0.02, 0.01, 0.005, 0.002);

  private static final int ROWS_MIN = 30;

  private final DriftStatistics statistics;
  private final Moments[] moments;
  private final int[] sizes;
  private final double[][] scales;
  private final double[][] thresholds;

  /**
   * One statistic's training rows.
   *
   * @param rows M, those that have a number
   * @param mean p or μ
   * @param spread σ; not read of a rate
   * @param low the smallest number
   * @param high the largest
   */
  public record Moments(int rows, double mean, double spread, double low, double high) {
    boolean areSound(boolean rate) {
      return rows >= 0
          && Double.isFinite(mean)
          && (!rate || mean >= 0 && mean <= 1)
          && spread >= 0
          && Double.isFinite(spread)
          && Double.isFinite(low)
          && Double.isFinite(high)
          && low <= high;
    }

    /** Whether a batch can be compared with them. */
    boolean areUsable(boolean rate) {
      return rows >= ROWS_MIN && (rate || spread > 0);
    }
  }

  /**
   * @param moments by statistic
   * @param sizes batch sizes that were measured, ascending; none where nothing was, so that no batch
   *     can be checked
   * @param scales by size, then by statistic; at least 1
   * @param thresholds by size, then by {@link #FALSE_ALARMS}, ascending
   */
  public DriftTable(
      DriftStatistics statistics,
      Moments[] moments,
      int[] sizes,
      double[][] scales,
      double[][] thresholds) {
    this.statistics = statistics;
    this.moments = moments.clone();
    this.sizes = sizes.clone();
    this.scales = Arrays.stream(scales).map(double[]::clone).toArray(double[][]::new);
    this.thresholds = Arrays.stream(thresholds).map(double[]::clone).toArray(double[][]::new);
    require(moments.length == statistics.size(), "moments of %d statistics", moments.length);
    for (int s = 0; s < moments.length; s++) {
      // A z of NaN would exceed no threshold.
      require(moments[s].areSound(statistics.isRate(s)), "unsound moments of statistic %d", s);
    }
    require(scales.length == sizes.length, "scales of %d sizes", scales.length);
    require(thresholds.length == sizes.length, "thresholds of %d sizes", thresholds.length);
    for (int i = 0; i < sizes.length; i++) {
      require(sizes[i] > (i == 0 ? 0 : sizes[i - 1]), "size %d, which does not rise", sizes[i]);
      require(scales[i].length == moments.length, "%d scales of a size", scales[i].length);
      require(
          Arrays.stream(scales[i]).allMatch(scale -> scale >= 1 && Double.isFinite(scale)),
          "a scale below 1 at size %d",
          sizes[i]);
      require(
          thresholds[i].length == FALSE_ALARMS.size()
              && Arrays.stream(thresholds[i]).allMatch(t -> t > 0 && Double.isFinite(t))
              && isAscending(thresholds[i]),
          "%d thresholds of a size",
          thresholds[i].length);
    }
  }

  private static boolean isAscending(double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean condition, String found, int value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "the drift table has " + found.formatted(value) + ", which is not what it needs");
    }
  }

  /** A table that has seen no training row; it can check no batch. */
  public static DriftTable none(DriftStatistics statistics) {
    Moments[] nothing = new Moments[statistics.size()];
    Arrays.fill(nothing, new Moments(0, 0, 0, 0, 0));
    return new DriftTable(statistics, nothing, new int[0], new double[0][], new double[0][]);
  }

  public DriftStatistics statistics() {
    return statistics;
  }

  /** By statistic. */
  public List<Moments> moments() {
    return List.of(moments);
  }

  /** The batch sizes that were measured, ascending. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** By size, then by statistic. */
  public double[][] scales() {
    return Arrays.stream(scales).map(double[]::clone).toArray(double[][]::new);
  }

  /** By size, then by {@link #FALSE_ALARMS}. */
  public double[][] thresholds() {
    return Arrays.stream(thresholds).map(double[]::clone).toArray(double[][]::new);
  }

  /** The smallest batch that can be checked; empty tables can check none. */
  public int recordsMin() {
    return sizes.length == 0 ? Integer.MAX_VALUE : sizes[0];
  }

  /** A tally with nothing in it. */
  public DriftTally tally() {
    return new DriftTally(this);
  }

  long units(int statistic, double value) {
    if (statistics.isRate(statistic)) {
      return (long) value;
    }
    Moments of = moments[statistic];
    double inside = Math.min(of.high(), Math.max(of.low(), value));
    return of.areUsable(false)
        ? (long) Math.rint((inside - of.mean()) / of.spread() * DriftTally.UNIT)
        : 0;
  }

  /** z of a statistic with scale 1 and no allowance for the training rows; 0 without any record. */
  public double bare(int statistic, DriftTally tally) {
    boolean rate = statistics.isRate(statistic);
    Moments of = moments[statistic];
    double m = tally.count(statistic);
    if (m == 0 || !of.areUsable(rate)) {
      return 0;
    }
    double sum = tally.sum(statistic);
    return rate
        ? 2 * (angle(sum / m) - angle(of.mean())) * Math.sqrt(m)
        : sum / DriftTally.UNIT / Math.sqrt(m);
  }

  private static double angle(double rate) {
    return StrictMath.asin(Math.sqrt(rate));
  }

  /** z of a statistic of a batch, in standard deviations of ordinary batches. */
  public double z(int statistic, DriftTally tally) {
    double bare = bare(statistic, tally);
    if (bare == 0) {
      return 0;
    }
    double allowance = Math.sqrt(1 + tally.count(statistic) / (double) moments[statistic].rows());
    return bare / (scale(statistic, tally.records()) * allowance);
  }

  private double scale(int statistic, int records) {
    int above = above(records);
    if (above == 0 || above == sizes.length) {
      return scales[Math.min(above, sizes.length - 1)][statistic];
    }
    return between(above, records, scales[above - 1][statistic], scales[above][statistic]);
  }

  /** The position of the first size above a number of records. */
  private int above(int records) {
    int above = 0;
    while (above < sizes.length && sizes[above] <= records) {
      above++;
    }
    return above;
  }

  private double between(int above, int records, double low, double high) {
    double from = StrictMath.log(sizes[above - 1]);
    double share = (StrictMath.log(records) - from) / (StrictMath.log(sizes[above]) - from);
    return low + share * (high - low);
  }

  /**
   * How large the largest |z| of a batch may be.
   *
   * @param records of the batch, at least {@link #recordsMin}
   * @param falseAlarms the share of ordinary batches that may exceed it, within {@link
   *     #FALSE_ALARMS}; between two of these it is linear in ln share
   */
  public double threshold(int records, double falseAlarms) {
    int above = above(records);
    if (above == 0) {
      throw new IllegalArgumentException("a batch of " + records
          + " records cannot be checked; the smallest that was measured has " + recordsMin());
    }
    double low = threshold(thresholds[above - 1], falseAlarms);
    return above == sizes.length
        ? low
        : between(above, records, low, threshold(thresholds[above], falseAlarms));
  }

  private static double threshold(double[] of, double falseAlarms) {
    int last = FALSE_ALARMS.size() - 1;
    for (int i = 0; i < last; i++) {
      if (falseAlarms >= FALSE_ALARMS.get(i + 1)) {
        double from = StrictMath.log(FALSE_ALARMS.get(i));
        double share =
            (StrictMath.log(falseAlarms) - from) / (StrictMath.log(FALSE_ALARMS.get(i + 1)) - from);
        return of[i] + Math.max(0, share) * (of[i + 1] - of[i]);
      }
    }
    return of[last];
  }
}
