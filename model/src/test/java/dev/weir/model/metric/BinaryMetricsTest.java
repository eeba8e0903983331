package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Weights;
import org.junit.jupiter.api.Test;

/** Discrimination, probability loss, calibration error and precision on cases small enough for mental arithmetic. */
class BinaryMetricsTest {
  private static final double[] P = {0.1, 0.4, 0.35, 0.8};
  private static final boolean[] Y = {false, false, true, true};
  private static final double[] ONES = Weights.ones(4);

  @Test
  void auc_oneOfFourPairsInverted_isThreeQuarters() {
    assertThat(Discrimination.auc(P, Y, ONES)).hasValue(0.75);
    assertThat(Discrimination.gini(P, Y, ONES)).hasValue(0.5);
  }

  @Test
  void auc_ties_countHalf() {
    assertThat(Discrimination.auc(
            new double[] {0.0, -0.0}, new boolean[] {true, false}, Weights.ones(2)))
        .hasValue(0.5);
  }

  @Test
  void auc_weights_multiplyPairs() {
    // Pairs: (.35,.1) weight 1 won, (.35,.4) weight 3 lost, (.8,.1) 1 won, (.8,.4) 3 won: 5 of 8.
    assertThat(Discrimination.auc(P, Y, new double[] {1, 3, 1, 1})).hasValue(0.625);
  }

  @Test
  void auc_oneClassOfWeight_isEmpty() {
    assertThat(Discrimination.auc(P, Y, new double[] {1, 1, 0, 0})).isEmpty();
    assertThat(Discrimination.auc(new double[0], new boolean[0], new double[0])).isEmpty();
  }

  @Test
  void brier_isTheMeanSquaredError() {
    // (0.01 + 0.16 + 0.4225 + 0.04) / 4.
    assertThat(ProbabilityLoss.brier(P, Y, ONES).orElseThrow()).isCloseTo(0.158125, within(1e-15));
  }

  @Test
  void logLoss_sureAndWrong_isClipped() {
    assertThat(ProbabilityLoss.logLoss(new double[] {0}, new boolean[] {true}, Weights.ones(1))
            .orElseThrow())
        .isCloseTo(-StrictMath.log(1e-15), within(1e-12));
    assertThat(ProbabilityLoss.logLoss(new double[] {0.5}, new boolean[] {true}, Weights.ones(1))
            .orElseThrow())
        .isCloseTo(StrictMath.log(2), within(1e-15));
  }

  @Test
  void losses_withoutWeight_areEmpty() {
    assertThat(ProbabilityLoss.brier(P, Y, new double[4])).isEmpty();
    assertThat(ProbabilityLoss.logLoss(P, Y, new double[4])).isEmpty();
    assertThat(CalibrationError.equalWidth(P, Y, new double[4], 10)).isEmpty();
    assertThat(CalibrationError.equalMass(new double[0], new boolean[0], 10)).isEmpty();
  }

  @Test
  void equalWidth_twoBins_weighsTheirGaps() {
    // Below 0.5: mean p 0.85/3, mean y 1/3, gap 0.05, three rows; above: gap 0.2, one row.
    assertThat(CalibrationError.equalWidth(P, Y, ONES, 2).orElseThrow())
        .isCloseTo(0.75 * 0.05 + 0.25 * 0.2, within(1e-15));
  }

  @Test
  void bins_probabilityOne_fallsIntoTheLast() {
    assertThat(CalibrationError.bins(
            new double[] {1, 0.5}, new boolean[] {true, true}, Weights.ones(2), 10))
        .extracting(CalibrationError.Bin::index)
        .containsExactly(5, 9);
  }

  @Test
  void equalMass_threeRowsInTwoBins_makesTheFirstLonger() {
    // {0.1, 0.2} all false: |0.3|; {0.9} true: |-0.1|; over 3 rows.
    assertThat(CalibrationError.equalMass(
                new double[] {0.9, 0.1, 0.2}, new boolean[] {true, false, false}, 2)
            .orElseThrow())
        .isCloseTo(0.4 / 3, within(1e-15));
  }

  @Test
  void precision_threeReadings_differ() {
    // By descending score: t f t t f.
    double[] scores = {0.9, 0.85, 0.7, 0.6, 0.2};
    boolean[] labels = {true, false, true, true, false};
    PrecisionRecall curve = PrecisionRecall.of(scores, labels, Weights.ones(5));
    assertThat(curve.precisionAtThreshold(0.8)).hasValue(0.5);
    assertThat(curve.recallAtThreshold(0.8)).hasValue(1.0 / 3);
    assertThat(curve.firstThresholdWithRecall(0.6)).hasValue(0.7);
    assertThat(curve.precisionAtFirstRecall(0.6)).hasValue(2.0 / 3);
    assertThat(curve.bestPrecisionAtRecall(0.6)).hasValue(0.75);
  }

  @Test
  void precision_noRowAboveOrNoTrueRow_isEmpty() {
    PrecisionRecall none =
        PrecisionRecall.of(new double[] {0.1}, new boolean[] {false}, Weights.ones(1));
    assertThat(none.precisionAtThreshold(0.8)).isEmpty();
    assertThat(none.recallAtThreshold(0.8)).isEmpty();
    assertThat(none.bestPrecisionAtRecall(0.8)).isEmpty();
    assertThat(none.precisionAtFirstRecall(0.8)).isEmpty();
    assertThat(none.firstThresholdWithRecall(0.8)).isEmpty();
  }

  @Test
  void metrics_illegalRows_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ProbabilityLoss.brier(new double[] {1.5}, new boolean[1], Weights.ones(1)))
        .withMessageContaining("probability[0] 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Discrimination.auc(new double[] {Double.NaN}, new boolean[1], Weights.ones(1)))
        .withMessageContaining("score[0] is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discrimination.auc(P, new boolean[3], ONES))
        .withMessageContaining("3 labels for 4 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibrationError.equalWidth(P, Y, ONES, 0))
        .withMessageContaining("bins 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrecisionRecall.of(P, Y, ONES).bestPrecisionAtRecall(0))
        .withMessageContaining("recall 0.0");
  }
}
