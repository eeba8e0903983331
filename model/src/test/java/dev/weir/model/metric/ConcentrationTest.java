package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConcentrationTest {

  @Test
  void concentration_oneHoldsAll_isGreatest() {
    double[] amounts = {0, 0, 5, 0};
    assertThat(Concentration.gini(amounts)).hasValue(0.75);
    assertThat(Concentration.giniUnbiased(amounts)).hasValue(1);
    assertThat(Concentration.herfindahl(amounts)).hasValue(1);
    assertThat(Concentration.topShare(amounts, 1)).hasValue(1);
  }

  @Test
  void concentration_allHoldTheSame_isLeast() {
    double[] amounts = {2, 2, 2, 2};
    assertThat(Concentration.gini(amounts)).hasValue(0);
    assertThat(Concentration.herfindahl(amounts)).hasValue(0.25);
    assertThat(Concentration.topShare(amounts, 3)).hasValue(0.75);
    assertThat(Concentration.topShare(amounts, 9)).hasValue(1);
  }

  @Test
  void gini_oneAndThree_isAQuarter() {
    // (-1·1 + 1·3) / (2·4).
    assertThat(Concentration.gini(new double[] {3, 1})).hasValue(0.25);
  }

  @Test
  void topFractionShare_roundsTheNumberOfHoldersUp() {
    double[] amounts = {4, 3, 2, 1};
    assertThat(Concentration.topFractionShare(amounts, 0.01).orElseThrow())
        .isCloseTo(0.4, within(1e-15));
    assertThat(Concentration.topFractionShare(amounts, 0.26).orElseThrow())
        .isCloseTo(0.7, within(1e-15));
  }

  @Test
  void concentration_nothingToShare_isEmpty() {
    for (double[] amounts : new double[][] {{}, {0, 0}}) {
      assertThat(Concentration.gini(amounts)).isEmpty();
      assertThat(Concentration.giniUnbiased(amounts)).isEmpty();
      assertThat(Concentration.herfindahl(amounts)).isEmpty();
      assertThat(Concentration.topShare(amounts, 1)).isEmpty();
      assertThat(Concentration.topFractionShare(amounts, 0.5)).isEmpty();
    }
    assertThat(Concentration.giniUnbiased(new double[] {5})).isEmpty();
  }

  @Test
  void concentration_illegalInput_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concentration.gini(new double[] {1, -2}))
        .withMessageContaining("amount[1] -2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concentration.topShare(new double[] {1}, 0))
        .withMessageContaining("holders 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concentration.topFractionShare(new double[] {1}, 1.1))
        .withMessageContaining("fraction 1.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Concentration.gini(new double[] {1e308, 1e308}))
        .withMessageContaining("overflows");
  }
}
