package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Weights;
import org.junit.jupiter.api.Test;

class PlattTest {

  @Test
  void probability_identity_isTheSigmoid() {
    assertThat(new Platt(1, 0).probability(0)).isEqualTo(0.5);
    assertThat(new Platt(1, 0).probability(2)).isEqualTo(Logistic.sigmoid(2));
    assertThat(new Platt(2, -1).probability(0.5)).isEqualTo(0.5);
  }

  @Test
  void probability_infiniteMargin_isTheLimit() {
    assertThat(new Platt(1, 0).probability(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(new Platt(1, 0).probability(Double.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(new Platt(0, 0).probability(Double.POSITIVE_INFINITY)).isEqualTo(0.5);
    assertThat(new Platt(1, 0).probability(Double.NaN)).isNaN();
  }

  @Test
  void fit_twoScores_meetsTheSmoothedTargetsOfBoth() {
    // Two parameters through two points: at each score the weighted mean target. At -1: 3 of 4
    // false, at +1: 3 of 4
    // true. N+ = N- = 4, so t+ = 5/6, t- = 1/6; the means are (1·5/6 + 3·1/6)/4 = 1/3 and 2/3,
    // whose logits are -+ln 2.
    Platt platt = Platt.fit(
        new double[] {-1, -1, -1, -1, 1, 1, 1, 1},
        new boolean[] {false, false, false, true, true, true, true, false},
        Weights.ones(8));
    assertThat(platt.slope()).isCloseTo(StrictMath.log(2), within(1e-14));
    assertThat(platt.intercept()).isCloseTo(0, within(1e-14));
  }

  @Test
  void fitHardLabels_twoScores_meetsTheShares() {
    // The same rows with hard labels: shares 1/4 and 3/4, logits -+ln 3.
    Platt platt = Platt.fitHardLabels(
        new double[] {-1, -1, -1, -1, 1, 1, 1, 1},
        new boolean[] {false, false, false, true, true, true, true, false},
        Weights.ones(8));
    assertThat(platt.slope()).isCloseTo(StrictMath.log(3), within(1e-14));
    assertThat(platt.intercept()).isCloseTo(0, within(1e-14));
  }

  @Test
  void fitHardLabels_integerWeights_equalRepeatedRows() {
    Platt repeated = Platt.fitHardLabels(
        new double[] {-1, -1, -1, -1, 1, 1, 1, 1},
        new boolean[] {false, false, false, true, true, true, true, false},
        Weights.ones(8));
    Platt weighted = Platt.fitHardLabels(
        new double[] {-1, -1, 1, 1},
        new boolean[] {false, true, true, false},
        new double[] {3, 1, 3, 1});
    assertThat(weighted.slope()).isCloseTo(repeated.slope(), within(1e-13));
  }

  @Test
  void fit_separableScores_staysFiniteAndIncreasing() {
    Platt platt = Platt.fit(
        new double[] {-2, -1, 1, 2}, new boolean[] {false, false, true, true}, Weights.ones(4));
    assertThat(platt.slope()).isPositive().isLessThan(10);
    assertThat(platt.probability(2)).isBetween(0.5, 0.999);
  }

  @Test
  void fit_oneClass_isItsSmoothedTargetEverywhere() {
    Platt platt =
        Platt.fit(new double[] {-2, 0, 3}, new boolean[] {true, true, true}, Weights.ones(3));
    assertThat(platt.slope()).isZero();
    assertThat(platt.probability(100)).isCloseTo(4.0 / 5, within(1e-15));
  }

  @Test
  void fit_equalScores_isTheMeanTargetEverywhere() {
    // N+ = 1, N- = 3: (2/3 + 3·1/5)/4 = 19/60.
    Platt platt = Platt.fit(
        new double[] {7, 7, 7, 7}, new boolean[] {true, false, false, false}, Weights.ones(4));
    assertThat(platt.slope()).isZero();
    assertThat(platt.probability(-5)).isCloseTo(19.0 / 60, within(1e-15));
  }

  @Test
  void fit_scoresAgainstTheLabels_showsANegativeSlope() {
    Platt platt = Platt.fit(
        new double[] {-2, -1, 1, 2}, new boolean[] {true, true, false, false}, Weights.ones(4));
    assertThat(platt.slope()).isNegative();
    assertThat(platt.isIncreasing()).isFalse();
  }

  @Test
  void fit_farFromZeroAndNarrow_isStillSolved() {
    Platt near = Platt.fit(
        new double[] {0, 1, 2, 3, 4},
        new boolean[] {false, true, false, true, true},
        Weights.ones(5));
    Platt far = Platt.fit(
        new double[] {1e6, 1e6 + 1e-3, 1e6 + 2e-3, 1e6 + 3e-3, 1e6 + 4e-3},
        new boolean[] {false, true, false, true, true},
        Weights.ones(5));
    assertThat(far.probability(1e6 + 2e-3)).isCloseTo(near.probability(2), within(1e-6));
  }

  @Test
  void fit_rowsOfWeightZero_areIgnored() {
    Platt with = Platt.fit(
        new double[] {-1, 5, 1, 0.5},
        new boolean[] {false, false, true, false},
        new double[] {1, 0, 1, 1});
    Platt without =
        Platt.fit(new double[] {-1, 1, 0.5}, new boolean[] {false, true, false}, Weights.ones(3));
    assertThat(with).isEqualTo(without);
  }

  @Test
  void fitHardLabels_noFiniteMinimum_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Platt.fitHardLabels(new double[] {1, 2}, new boolean[] {false, true}, Weights.ones(2)))
        .withMessageContaining("separate");
    // Quasi-separation: the classes touch at 1 only.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fitHardLabels(
            new double[] {0, 1, 1, 2}, new boolean[] {false, false, true, true}, Weights.ones(4)))
        .withMessageContaining("separate");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Platt.fitHardLabels(new double[] {1, 2}, new boolean[] {true, true}, Weights.ones(2)))
        .withMessageContaining("all labels are true");
  }

  @Test
  void fit_illegalRows_areRefusedByName() {
    boolean[] labels = {true, false};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fit(new double[0], new boolean[0], new double[0]))
        .withMessageContaining("0 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fit(new double[] {1, Double.NaN}, labels, Weights.ones(2)))
        .withMessageContaining("score[1] NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fit(new double[] {1, 2}, labels, new double[] {1, -1}))
        .withMessageContaining("weight[1] -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fit(new double[] {1, 2}, labels, new double[] {0, 0}))
        .withMessageContaining("positive weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platt.fit(new double[] {1}, labels, Weights.ones(2)))
        .withMessageContaining("1 scores, 2 labels");
  }
}
