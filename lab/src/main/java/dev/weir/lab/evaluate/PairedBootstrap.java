package dev.weir.lab.evaluate;

import dev.weir.model.numeric.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The gate and plain confidence on the same rows, resampled by whole groups, so that rows that belong together do not
 * count as independent and what both have in common cancels.
 */
final class PairedBootstrap {
  private static final double TAIL = 0.025;

  private final boolean[] wrong;
  private final boolean[] accepted;
  private final int[] bySlack;
  private final int[] byConfidence;
  private final int[][] groups;

  /** @param group by row, numbered from 0 */
  PairedBootstrap(
      boolean[] wrong, boolean[] accepted, double[] slack, double[] confidence, int[] group) {
    this.wrong = wrong;
    this.accepted = accepted;
    this.bySlack = descending(slack);
    this.byConfidence = descending(confidence);
    int count = Arrays.stream(group).max().orElse(-1) + 1;
    int[] sizes = new int[count];
    for (int g : group) {
      sizes[g]++;
    }
    this.groups = new int[count][];
    Arrays.setAll(groups, g -> new int[sizes[g]]);
    int[] filled = new int[count];
    for (int row = 0; row < group.length; row++) {
      groups[group[row]][filled[group[row]]++] = row;
    }
  }

  private static int[] descending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) ->
            values[a] == values[b] ? Integer.compare(a, b) : Double.compare(values[b], values[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The differences, gate less plain confidence, on all rows and with their 95 % intervals. */
  Differences differences(int resamples, long seed) {
    double[] once = new double[wrong.length];
    Arrays.fill(once, 1);
    double[] accuracy = new double[resamples];
    double[] area = new double[resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      double[] weights = draw(random);
      accuracy[i] = accuracyDifference(weights);
      area[i] = area(bySlack, weights) - area(byConfidence, weights);
    }
    return new Differences(
        Evaluation.Estimate.of(accuracyDifference(once), accuracy, TAIL),
        Evaluation.Estimate.of(area(bySlack, once) - area(byConfidence, once), area, TAIL));
  }

  /**
   * What the gate has over plain confidence.
   *
   * @param accuracy of the accepted, at the gate's own coverage; positive where the gate is better
   * @param area under the risk–coverage curve; negative where the gate is better
   */
  record Differences(Evaluation.Estimate accuracy, Evaluation.Estimate area) {}

  private double[] draw(SplittableRandom random) {
    double[] weights = new double[wrong.length];
    for (int i = 0; i < groups.length; i++) {
      for (int row : groups[random.nextInt(groups.length)]) {
        weights[row]++;
      }
    }
    return weights;
  }

  private double accuracyDifference(double[] weights) {
    double kept = 0;
    double errors = 0;
    for (int row = 0; row < wrong.length; row++) {
      if (accepted[row]) {
        kept += weights[row];
        errors += wrong[row] ? weights[row] : 0;
      }
    }
    return kept == 0 ? 0 : (errorsOfFirst(byConfidence, weights, kept) - errors) / kept;
  }

  /** Errors among the first rows that together have a weight, the last of them counted in part. */
  private double errorsOfFirst(int[] order, double[] weights, double wanted) {
    double seen = 0;
    double errors = 0;
    for (int row : order) {
      double taken = Math.min(weights[row], wanted - seen);
      errors += wrong[row] ? taken : 0;
      seen += taken;
      if (seen >= wanted) {
        break;
      }
    }
    return errors;
  }

  private double area(int[] order, double[] weights) {
    double seen = 0;
    double errors = 0;
    double area = 0;
    for (int row : order) {
      seen += weights[row];
      errors += wrong[row] ? weights[row] : 0;
      area += seen > 0 ? weights[row] * errors / seen : 0;
    }
    return seen == 0 ? 0 : area / seen;
  }

  static double quantile(double[] values, double share) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    return Quantiles.type7(ascending, share);
  }
}
