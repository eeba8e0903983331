package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Weights;
import org.junit.jupiter.api.Test;

class IsotonicTest {

  @Test
  void fit_oneViolation_poolsItAndKeepsTheEndsOfTheBlock() {
    // 0 | 1 0 pooled to 1/2 over [2, 3] | 1.
    Isotonic isotonic = Isotonic.fit(
        new double[] {4, 2, 1, 3}, new boolean[] {true, true, false, false}, Weights.ones(4));
    assertThat(isotonic.margins()).containsExactly(1, 2, 3, 4);
    assertThat(isotonic.probabilities()).containsExactly(0, 0.5, 0.5, 1);
  }

  @Test
  void fit_longBlock_dropsItsInside() {
    Isotonic isotonic = Isotonic.fit(
        new double[] {1, 2, 3, 4}, new boolean[] {false, false, false, false}, Weights.ones(4));
    assertThat(isotonic.margins()).containsExactly(1, 4);
    assertThat(isotonic.probabilities()).containsExactly(0, 0);
  }

  /**
   * Of 8 rows ∛8 = 2 parts of 4, so the first parts have 1, 2, 3 and 4 rows. With 3 falses and 5 trues targets are 1/5 and
   * 6/7. Below all parts the map is the mean of their first means; of 2 rows and the 4 after them, which have the same mean,
   * one block is made. Above, all last means are 6/7.
   */
  @Test
  void fitCentred_outside_isTheMeanOfTheOutermostPartsAndNeverCertain() {
    double no = 1.0 / 5;
    double yes = 6.0 / 7;
    Isotonic isotonic = Isotonic.fitCentred(
        new double[] {1, 2, 3, 4, 5, 6, 7, 8},
        new boolean[] {false, true, false, false, true, true, true, true},
        Weights.ones(8));
    double least = (no + (no + yes) / 2 + (2 * no + yes) / 3 + (3 * no + yes) / 4) / 4;
    assertThat(isotonic.probability(1)).isCloseTo(least, within(1e-15));
    assertThat(isotonic.probability(8)).isCloseTo(yes, within(1e-15));
    assertThat(isotonic.margins()).containsExactly(1, 2, 2.5, 3.5, 5.5, 6.5, 7, 7.5, 8);
  }

  @Test
  void fitCentred_betweenParts_keepsTheOrderOfRecords() {
    Isotonic isotonic = Isotonic.fitCentred(
        new double[] {1, 2, 3, 4, 5, 6, 7, 8},
        new boolean[] {false, true, false, false, true, false, true, true},
        Weights.ones(8));
    assertThat(isotonic.probability(2.6)).isLessThan(isotonic.probability(2.7));
    assertThat(isotonic.probability(6.3)).isLessThan(isotonic.probability(6.4));
  }

  /** A third of 27 rows is 9, which the 15 equal scores exceed. */
  @Test
  void fitCentred_equalScores_areNeverParted() {
    double[] scores = new double[27];
    boolean[] labels = new boolean[27];
    for (int i = 0; i < 27; i++) {
      scores[i] = i < 5 ? i : i < 20 ? 5 : i - 14;
      labels[i] = i >= 20;
    }
    Isotonic isotonic = Isotonic.fitCentred(scores, labels, Weights.ones(27));
    assertThat(isotonic.margins()).hasSize(2);
    assertThat(isotonic.margins()[0]).isCloseTo((0 + 1 + 2 + 3 + 4 + 15 * 5) / 20.0, within(1e-12));
  }

  @Test
  void fit_ties_areMergedToTheirWeightedMean() {
    Isotonic isotonic = Isotonic.fit(
        new double[] {1, 1, 2}, new boolean[] {true, false, true}, new double[] {1, 3, 1});
    assertThat(isotonic.margins()).containsExactly(1, 2);
    assertThat(isotonic.probabilities()).containsExactly(0.25, 1);
  }

  @Test
  void fit_zeroesOfBothSigns_areOneScore() {
    Isotonic isotonic =
        Isotonic.fit(new double[] {0.0, -0.0}, new boolean[] {true, false}, Weights.ones(2));
    assertThat(isotonic.margins()).containsExactly(0.0);
    assertThat(isotonic.probabilities()).containsExactly(0.5);
  }

  @Test
  void fit_rowsOfWeightZero_areDropped() {
    Isotonic isotonic = Isotonic.fit(
        new double[] {1, 2, 99}, new boolean[] {false, true, false}, new double[] {1, 1, 0});
    assertThat(isotonic.margins()).containsExactly(1, 2);
  }

  @Test
  void fit_descendingLabels_isTheMeanEverywhere() {
    Isotonic isotonic = Isotonic.fit(
        new double[] {1, 2, 3, 4}, new boolean[] {true, true, false, false}, Weights.ones(4));
    assertThat(isotonic.probability(-9)).isEqualTo(0.5);
    assertThat(isotonic.probability(9)).isEqualTo(0.5);
  }

  @Test
  void fit_noRows_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Isotonic.fit(new double[0], new boolean[0], new double[0]))
        .withMessageContaining("positive weight");
  }

  @Test
  void probability_betweenPoints_isInterpolatedAndClippedOutside() {
    Isotonic isotonic = new Isotonic(new double[] {0, 4}, new double[] {0.2, 0.6});
    assertThat(isotonic.probability(1)).isCloseTo(0.3, within(1e-15));
    assertThat(isotonic.probability(0)).isEqualTo(0.2);
    assertThat(isotonic.probability(4)).isEqualTo(0.6);
    assertThat(isotonic.probability(Double.NEGATIVE_INFINITY)).isEqualTo(0.2);
    assertThat(isotonic.probability(Double.POSITIVE_INFINITY)).isEqualTo(0.6);
    assertThat(isotonic.probability(Double.NaN)).isNaN();
  }

  @Test
  void constructor_pointsThatAreNotAMap_areRefusedByName() {
    assertRefused(new double[] {}, new double[] {}, "0 values");
    assertRefused(new double[] {1}, new double[] {}, "isotonic.probabilities 0");
    assertRefused(new double[] {1, 1}, new double[] {0, 1}, "isotonic.margins[1] 1.0");
    assertRefused(new double[] {1, 2}, new double[] {0.5, 0.4}, "isotonic.probabilities[1] 0.4");
    assertRefused(new double[] {1, Double.NaN}, new double[] {0, 1}, "isotonic.margins[1] NaN");
    assertRefused(new double[] {1, 2}, new double[] {0, 1.5}, "isotonic.probabilities[1] 1.5");
    assertRefused(new double[] {-1e308, 1e308}, new double[] {0, 1}, "span");
  }

  @Test
  void isotonic_givenAndTakenArrays_areCopies() {
    double[] margins = {0, 4};
    Isotonic isotonic = new Isotonic(margins, new double[] {0.2, 0.6});
    margins[0] = 3;
    isotonic.probabilities()[0] = 1;
    assertThat(isotonic).isEqualTo(new Isotonic(new double[] {0, 4}, new double[] {0.2, 0.6}));
    assertThat(isotonic)
        .hasSameHashCodeAs(new Isotonic(new double[] {0, 4}, new double[] {0.2, 0.6}));
  }

  private static void assertRefused(double[] margins, double[] probabilities, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Isotonic(margins, probabilities))
        .withMessageContaining(message);
  }
}
