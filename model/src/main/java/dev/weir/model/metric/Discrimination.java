package dev.weir.model.metric;

import java.util.OptionalDouble;

/** How well scores separate true from false labels, whatever their scale. */
public final class Discrimination {
  private Discrimination() {}

  /**
   * The area under the ROC curve in [0, 1]: P(s+ &gt; s-) + P(s+ = s-) / 2 over pairs of a true and a false row, each
   * pair weighing the product of its weights.
   *
   * @param scores one score per row, not NaN
   * @return empty if one of the classes has no weight
   */
  public static OptionalDouble auc(double[] scores, boolean[] labels, double[] weights) {
    Rows.check(scores, labels, weights);
    double wins = 0;
    double negatives = 0;
    double positives = 0;
    int[] order = Rows.ascending(scores);
    int next = 0;
    while (next < order.length) {
      double score = scores[order[next]];
      double tiedPositives = 0;
      double tiedNegatives = 0;
      for (; next < order.length && scores[order[next]] == score; next++) {
        double weight = weights[order[next]];
        tiedPositives += labels[order[next]] ? weight : 0;
        tiedNegatives += labels[order[next]] ? 0 : weight;
      }
      wins += tiedPositives * (negatives + tiedNegatives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    double pairs = positives * negatives;
    return pairs > 0 ? OptionalDouble.of(Math.min(1, wins / pairs)) : OptionalDouble.empty();
  }

  /** The Gini coefficient of the ROC curve in [-1, 1], 2·AUC - 1; empty as {@link #auc}. */
  public static OptionalDouble gini(double[] scores, boolean[] labels, double[] weights) {
    OptionalDouble auc = auc(scores, labels, weights);
    return auc.isPresent() ? OptionalDouble.of(2 * auc.getAsDouble() - 1) : auc;
  }
}
