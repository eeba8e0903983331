package dev.weir.lab.train;

import dev.weir.model.metric.Discrimination;
import dev.weir.model.numeric.Weights;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether scores rank true rows above false ones, as far as so many rows can tell.
 *
 * @param auc in [0, 1]; .5 where a class is lacking
 * @param error what chance alone spreads the AUC by: the standard deviation of Mann and Whitney's statistic without ties,
 *     √((n₊ + n₋ + 1) / (12 n₊ n₋)); infinite where a class is lacking
 */
record Ranking(double auc, double error, int rows, int trues) {
  /* One-sided: one in twenty models that know nothing passes; one in a thousand without a caution. */
  private static final double REFUSED = 1.645;
  private static final double DOUBTED = 3.09;

  /** @param scores of rows that whatever scores them did not see */
  static Ranking of(double[] scores, boolean[] labels) {
    int rows = labels.length;
    int trues = (int) IntStream.range(0, rows).filter(i -> labels[i]).count();
    double error = Math.sqrt((rows + 1) / (12.0 * trues * (rows - trues)));
    double auc = Discrimination.auc(scores, labels, Weights.ones(rows)).orElse(0.5);
    return new Ranking(auc, error, rows, trues);
  }

  /**
   * Refuses what has nothing to say of the label: a calibrator makes the base rate of it for every record, which a policy for
   * a rare class accepts.
   *
   * @param what ranks
   * @param advice what to do about it
   * @throws IllegalArgumentException if the AUC is not above one half by more than chance
   */
  void requireAboveChance(String what, String advice) {
    if (auc < 0.5 - REFUSED * error) {
      throw new IllegalArgumentException(what + " runs against the label: " + figures()
          + "; is it the probability of the other class, or is the label the other way round? "
          + advice);
    }
    if (!(auc > 0.5 + REFUSED * error)) {
      throw new IllegalArgumentException(
          what + " cannot be told from chance: " + figures() + "; " + advice);
    }
  }

  /** What to say where it may yet be chance. */
  Optional<String> doubt() {
    return auc > 0.5 + DOUBTED * error
        ? Optional.empty()
        : Optional.of("the model may be no better than chance: " + figures());
  }

  private String figures() {
    return String.format(
        Locale.ROOT,
        "its AUC is %.4f on %d rows, %d of them true, where chance alone reaches %.4f",
        auc,
        rows,
        trues,
        Math.min(1, 0.5 + REFUSED * error));
  }
}
