package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.glm.ElasticNetChoice;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A finished training run: the bundle as it was written, and what a person needs to judge it.
 *
 * @param bundle the bundle; its {@code training} facts sum up {@code outOfFold}
 * @param outOfFold each row as models that did not see it judge it
 * @param vennAbers the same rows with Venn–Abers intervals, to compare the bundle's with; where folds go forward in time,
 *     without those of the first fold in {@code outOfFold}, which has none older to learn from
 * @param calibrator the calibrators that were compared, and the one chosen
 * @param glm the fallback's penalties that were compared, and the one chosen
 */
public record TrainingReport(
    Bundle bundle,
    OutOfFold outOfFold,
    OutOfFold vennAbers,
    CalibratorChoice calibrator,
    ElasticNetChoice glm) {
  /* From so many rows of a class on, a rate among them is known to ten points. */
  private static final int FEW = 100;

  /** What to bear in mind where rows are few, or the model hardly better than chance. */
  public Optional<String> caution() {
    return Stream.of(few(), Ranking.of(outOfFold.pModel(), outOfFold.labels()).doubt())
        .flatMap(Optional::stream)
        .reduce((first, second) -> first + "; " + second);
  }

  private Optional<String> few() {
    boolean[] labels = outOfFold.labels();
    int trues = (int) IntStream.range(0, labels.length).filter(i -> labels[i]).count();
    int rarer = Math.min(trues, labels.length - trues);
    return rarer >= FEW
        ? Optional.empty()
        : Optional.of("only " + rarer + " of " + labels.length
            + " judged rows are of the rarer class; with fewer than " + FEW
            + ", every figure is rough");
  }
}
