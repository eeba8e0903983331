package dev.weir.lab.train;

import dev.weir.model.numeric.Quantiles;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.DriftTally;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What ordinary batches look like: batches of whole groups are drawn from the training rows, with
 * replacement, and their statistics tell how far they spread and how large the largest gets.
 *
 * <p>Rows that follow one another can be more alike than that: a number that rises along the file
 * (of cabins, say) has another mean in every stretch of it, and means nothing. So each statistic's
 * scale is widened by how much more it spreads over consecutive runs of the rows as they were given,
 * where that is more than chance.
 */
final class DriftFit {
  private static final int[] SIZES = {10, 25, 50, 100, 200, 500};
  private static final int BATCHES = 4_000;
  private static final int ROWS_MAX = 20_000;
  private static final double LEVEL = 0.99;
  private static final int RUNS_MIN = 8;
  private static final double DEVIATIONS = 3;
  private static final double NORMAL_QUANTILE = 2.5758293035489004;

  private final double[][] numbers;
  private final int[][] groups;
  private final DriftTable moments;
  /* Of each row that may be drawn, for it is drawn hundreds of times. */
  private final DriftTally[] tallies;

  private DriftFit(double[][] numbers, int[][] groups, DriftTable moments) {
    this.numbers = numbers;
    this.groups = groups;
    this.moments = moments;
    this.tallies = new DriftTally[Math.min(ROWS_MAX, numbers.length)];
    for (int row = 0; row < tallies.length; row++) {
      tallies[row] = moments.tally();
      tallies[row].add(numbers[row]);
    }
  }

  /**
   * Learns the table.
   *
   * @param numbers by row, then by statistic; NaN where the row has none. Surprises must be by trees
   *     that did not see the row
   * @param groupOfRow by row, from 0
   */
  static DriftTable learn(
      DriftStatistics statistics, double[][] numbers, int[] groupOfRow, long seed) {
    DriftTable.Moments[] moments = IntStream.range(0, statistics.size())
        .mapToObj(s -> moments(numbers, s))
        .toArray(DriftTable.Moments[]::new);
    DriftTable unscaled =
        new DriftTable(statistics, moments, new int[0], new double[0][], new double[0][]);
    DriftFit fit = new DriftFit(numbers, groups(groupOfRow), unscaled);
    int[] sizes =
        IntStream.of(SIZES).filter(size -> RUNS_MIN * size <= numbers.length).toArray();
    double[][] scales = new double[sizes.length][];
    double[][] thresholds = new double[sizes.length][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < sizes.length; i++) {
      double[][] bare = fit.batches(sizes[i], random);
      scales[i] = scales(bare, fit.runs(sizes[i]));
      thresholds[i] = thresholds(bare, scales[i]);
    }
    return new DriftTable(statistics, moments, sizes, scales, thresholds);
  }

  private static DriftTable.Moments moments(double[][] numbers, int statistic) {
    double[] values = Arrays.stream(numbers)
        .mapToDouble(row -> row[statistic])
        .filter(value -> !Double.isNaN(value))
        .toArray();
    if (values.length == 0) {
      return new DriftTable.Moments(0, 0, 0, 0, 0);
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new DriftTable.Moments(
        values.length,
        mean,
        Math.sqrt(squares / values.length),
        Arrays.stream(values).min().getAsDouble(),
        Arrays.stream(values).max().getAsDouble());
  }

  /** The rows of each group; of so many rows at most. */
  private static int[][] groups(int[] groupOfRow) {
    int rows = Math.min(ROWS_MAX, groupOfRow.length);
    int[] sizes = new int[IntStream.of(groupOfRow).max().orElse(-1) + 1];
    for (int row = 0; row < rows; row++) {
      sizes[groupOfRow[row]]++;
    }
    int[][] groups = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    for (int row = rows - 1; row >= 0; row--) {
      groups[groupOfRow[row]][--sizes[groupOfRow[row]]] = row;
    }
    return Arrays.stream(groups).filter(group -> group.length > 0).toArray(int[][]::new);
  }

  /** By batch, then by statistic: z with scale 1. */
  private double[][] batches(int size, SplittableRandom random) {
    double[][] bare = new double[BATCHES][moments.statistics().size()];
    for (double[] batch : bare) {
      DriftTally tally = moments.tally();
      while (tally.records() < size) {
        int[] group = groups[random.nextInt(groups.length)];
        for (int i = 0; i < group.length && tally.records() < size; i++) {
          tally.add(tallies[group[i]]);
        }
      }
      for (int s = 0; s < batch.length; s++) {
        batch[s] = moments.bare(s, tally);
      }
    }
    return bare;
  }

  /** By run of consecutive rows, then by statistic: z with scale 1. */
  private double[][] runs(int size) {
    double[][] bare = new double[numbers.length / size][moments.statistics().size()];
    for (int run = 0; run < bare.length; run++) {
      DriftTally tally = moments.tally();
      for (int i = 0; i < size; i++) {
        tally.add(numbers[run * size + i]);
      }
      for (int s = 0; s < bare[run].length; s++) {
        bare[run][s] = moments.bare(s, tally);
      }
    }
    return bare;
  }

  private static double[] scales(double[][] drawn, double[][] runs) {
    return IntStream.range(0, drawn[0].length)
        .mapToDouble(s -> Math.max(1, scale(drawn, s)) * widening(square(drawn, s), runs, s))
        .toArray();
  }

  private static double scale(double[][] drawn, int statistic) {
    double[] distances = Arrays.stream(drawn)
        .mapToDouble(batch -> Math.abs(batch[statistic]))
        .sorted()
        .toArray();
    return Quantiles.type7(distances, LEVEL) / NORMAL_QUANTILE;
  }

  /* A ratio of mean squares over R runs errs by about √(2/(R − 1)). */
  private static double widening(double drawn, double[][] runs, int statistic) {
    double ratio = drawn == 0 ? 1 : square(runs, statistic) / drawn;
    double chance = DEVIATIONS * Math.sqrt(2.0 / (runs.length - 1));
    return ratio > 1 + chance ? Math.sqrt(ratio) : 1;
  }

  private static double square(double[][] bare, int statistic) {
    return Arrays.stream(bare)
        .mapToDouble(batch -> batch[statistic] * batch[statistic])
        .average()
        .orElse(0);
  }

  private static double[] thresholds(double[][] bare, double[] scales) {
    double[] largest = Arrays.stream(bare)
        .mapToDouble(batch -> IntStream.range(0, batch.length)
            .mapToDouble(s -> Math.abs(batch[s]) / scales[s])
            .max()
            .orElse(0))
        .sorted()
        .toArray();
    return DriftTable.FALSE_ALARMS.stream()
        .mapToDouble(share -> Math.max(1, Quantiles.type7(largest, 1 - share)))
        .toArray();
  }
}
