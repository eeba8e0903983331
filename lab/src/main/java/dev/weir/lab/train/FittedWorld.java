package dev.weir.lab.train;

import dev.weir.model.calibration.Platt;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Scorer;
import java.util.SplittableRandom;

/**
 * A world whose truth is known and which is about as hard to learn as the real one: the training records, completed, with
 * probabilities that an overfitted ensemble gives them.
 *
 * @param logits by row of the table, the logit of the true probability in this world, within ±12; 0 for rows not in it
 */
record FittedWorld(double[] logits) {
  /* Why overfitted: the ensemble itself is smoother than the truth it was fitted to, so a world with its probabilities
  would be learnt too well. Boosting on past the best round adds detail that no fit to as many rows can find again, as
  the real world has. At twice the rounds the refits in such worlds are about as sharp (variance of their probabilities)
  and as good (Brier score) as the real ones; docs/adr has the figures. */
  private static final double ROUGHNESS = Double.parseDouble(System.getProperty("rough", "1.5"));

  /** An ensemble's members for {@link #of}: so many rounds, on all rows given. */
  static int rounds(Members ensemble) {
    return (int) Math.round(ROUGHNESS * ensemble.meanRounds());
  }

  /**
   * The world of an overfitted ensemble.
   *
   * @param rows of the table that it has
   * @param platt from margins to probabilities, as the real rows bear out
   */
  static FittedWorld of(
      TrainingTable table, int[] rows, Members overfitted, Platt platt, long seed) {
    Completion completion = new Completion(table.records());
    SplittableRandom random = new SplittableRandom(seed);
    double[] logits = new double[table.size()];
    float[] margins = new float[overfitted.models().size()];
    for (int row : rows) {
      RawRecord record = table.records().get(row);
      float[] input = completion.isWhole(record)
          ? table.inputs().row(row)
          : table.input(completion.complete(record, random));
      overfitted.margins(input, margins);
      logits[row] = Scorer.clippedLogit(platt.probability(Scorer.mean(margins)));
    }
    return new FittedWorld(logits);
  }

  /** Labels as this world might give them; false for rows not in it. */
  boolean[] labels(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] labels = new boolean[logits.length];
    for (int row : rows) {
      labels[row] = random.nextDouble() < Logistic.sigmoid(logits[row]);
    }
    return labels;
  }
}
