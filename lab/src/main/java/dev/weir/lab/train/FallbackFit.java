package dev.weir.lab.train;

import dev.weir.model.glm.ElasticNet;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.glm.LaplacePosterior;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.numeric.Split;
import java.util.Arrays;
import java.util.List;

/**
 * The fallback: an elastic-net logistic regression on the trees' columns, fragile rows weighted up, its penalty chosen out
 * of fold.
 *
 * @param rows that it was fitted to
 * @param pOutOfFold by row, the probability by a fit without its fold; NaN for rows that no split judges
 */
record FallbackFit(ElasticNetChoice choice, int[] rows, double[] pOutOfFold) {
  /* So many rows determine a hundred coefficients; more only take longer. */
  private static final int ROWS_MAX = 30_000;

  static FallbackFit of(TrainingTable table, TrainingSettings settings) {
    int[] rows = rows(table, settings);
    double[][] values = new double[table.size()][];
    for (int row : rows) {
      values[row] = table.values(row);
    }
    double[] weights = table.weights(settings.fragileWeight());
    List<Split> splits = Picked.of(table.folds().splits(), rows, table.size());
    ElasticNet net = ElasticNet.withL1Ratio(settings.glmL1Ratio());
    ElasticNetChoice choice = net.choose(
        pick(values, rows),
        Picked.of(table.labels(), rows),
        Picked.of(weights, rows),
        positions(splits, rows, table.size()));
    double[] p = new double[table.size()];
    Arrays.fill(p, Double.NaN);
    for (int s = 0; s < splits.size(); s++) {
      int[] fitted = splits.get(s).fitted();
      LogisticGlm model = net.fit(
              pick(values, fitted),
              Picked.of(table.labels(), fitted),
              Picked.of(weights, fitted),
              choice.fit().lambda())
          .model();
      for (int row : table.folds().splits().get(s).judged()) {
        p[row] = model.probability(table.values(row));
      }
    }
    return new FallbackFit(choice, rows, p);
  }

  /** The rows that it is fitted to. */
  static int[] rows(TrainingTable table, TrainingSettings settings) {
    return table.sample(Math.min(ROWS_MAX, settings.rowsMax()), settings.seed() + 2);
  }

  /** What else it may be, given its rows. */
  LaplacePosterior posterior(TrainingTable table) {
    double[][] values = Arrays.stream(rows).mapToObj(table::values).toArray(double[][]::new);
    return LaplacePosterior.of(choice.fit().model(), values, choice.fit().lambda() * rows.length);
  }

  private static double[][] pick(double[][] values, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> values[row]).toArray(double[][]::new);
  }

  private static List<Split> positions(List<Split> splits, int[] rows, int size) {
    int[] position = new int[size];
    for (int i = 0; i < rows.length; i++) {
      position[rows[i]] = i;
    }
    return splits.stream()
        .map(split -> new Split(
            Arrays.stream(split.fitted()).map(row -> position[row]).toArray(),
            Arrays.stream(split.judged()).map(row -> position[row]).toArray()))
        .toList();
  }
}
