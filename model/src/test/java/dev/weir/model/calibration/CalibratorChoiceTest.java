package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.calibration.CalibratorChoice.Kind;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CalibratorChoiceTest {

  @Test
  void choose_labelsFromAScaledSigmoid_takesPlatt() {
    CalibratorChoice choice = chooseFor(margin -> Logistic.sigmoid(0.7 * margin - 0.5), 600);
    assertThat(choice.kind()).isEqualTo(Kind.PLATT);
    assertThat(choice.brierScores()).containsOnlyKeys(Kind.PLATT, Kind.BETA, Kind.ISOTONIC);
  }

  @Test
  void choose_labelsFromAStep_takesIsotonic() {
    CalibratorChoice choice = chooseFor(margin -> margin < 1 ? 0.1 : margin < 2 ? 0.4 : 0.6, 6000);
    assertThat(choice.kind()).isEqualTo(Kind.ISOTONIC);
    assertThat(choice.brierScores().get(Kind.ISOTONIC))
        .isLessThan(choice.brierScores().get(Kind.PLATT));
  }

  @Test
  void choose_twoFolds_scoresEachHalfByTheOther() {
    // Fold 0 learns from fold 1, whose labels are all true, and the other way round: smoothed to
    // 4/5
    // on fold 0 (all false) and 1/5 on fold 1 (all true), so the error is 0.64 everywhere.
    CalibratorChoice choice = CalibratorChoice.choose(
        new double[] {1, 2, 3, 1, 2, 3},
        new boolean[] {false, false, false, true, true, true},
        Weights.ones(6),
        new int[] {0, 0, 0, 1, 1, 1});
    assertThat(choice.brierScores().get(Kind.ISOTONIC)).isCloseTo(0.64, within(1e-12));
    assertThat(choice.brierScores().get(Kind.PLATT)).isCloseTo(0.64, within(1e-12));
  }

  @Test
  void choose_allScoresEqual_takesTheSimplest() {
    // One class: every kind is perfect or shares its target; equal margins in equal folds make
    // Platt and Beta agree.
    CalibratorChoice choice = CalibratorChoice.choose(
        new double[] {1, 1, 1, 1, 1, 1, 1, 1},
        new boolean[] {true, false, true, false, true, false, true, false},
        Weights.ones(8),
        new int[] {0, 0, 1, 1, 0, 0, 1, 1});
    assertThat(choice.brierScores().get(Kind.PLATT)).isCloseTo(0.25, within(1e-12));
    assertThat(choice.brierScores().get(Kind.ISOTONIC)).isCloseTo(0.25, within(1e-12));
    assertThat(choice.kind()).isEqualTo(Kind.PLATT);
  }

  @Test
  void choose_marginsAgainstTheLabels_neverTakesADecreasingMap() {
    CalibratorChoice choice = chooseFor(margin -> Logistic.sigmoid(-margin), 600);
    assertThat(choice.kind()).isNotEqualTo(Kind.PLATT);
    assertThat(choice.calibrator().isIncreasing()).isTrue();
    assertThat(choice.brierScores().get(Kind.PLATT)).isLessThan(0.22);
  }

  @Test
  void choose_scaledWeights_changeNothing() {
    double[] margins = {-2, -1, 0, 1, 2, -1.5, 0.5, 1.5};
    boolean[] labels = {false, false, true, false, true, true, false, true};
    int[] folds = {0, 0, 0, 0, 1, 1, 1, 1};
    double[] weights = {1, 2, 1, 3, 1, 1, 2, 1};
    double[] scaled = {0.25, 0.5, 0.25, 0.75, 0.25, 0.25, 0.5, 0.25};
    assertThat(CalibratorChoice.choose(margins, labels, weights, folds))
        .isEqualTo(CalibratorChoice.choose(margins, labels, scaled, folds));
  }

  @Test
  void choose_oneFoldOfPositiveWeight_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibratorChoice.choose(
            new double[] {1, 2, 3},
            new boolean[] {true, false, true},
            new double[] {1, 1, 0},
            new int[] {0, 0, 1}))
        .withMessageContaining("1 fold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibratorChoice.choose(
            new double[] {1, 2}, new boolean[] {true, false}, Weights.ones(2), new int[] {0}))
        .withMessageContaining("1 folds for 2 rows");
  }

  private static CalibratorChoice chooseFor(DoubleUnaryOperator truth, int rows) {
    SplittableRandom random = new SplittableRandom(5);
    double[] margins = new double[rows];
    boolean[] labels = new boolean[rows];
    int[] folds = new int[rows];
    for (int row = 0; row < rows; row++) {
      margins[row] = 6 * random.nextDouble() - 3;
      labels[row] = random.nextDouble() < truth.applyAsDouble(margins[row]);
      folds[row] = row % 5;
    }
    return CalibratorChoice.choose(margins, labels, Weights.ones(rows), folds);
  }
}
