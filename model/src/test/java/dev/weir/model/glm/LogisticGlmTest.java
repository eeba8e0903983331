package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Logistic;
import org.junit.jupiter.api.Test;

class LogisticGlmTest {
  private final LogisticGlm model = new LogisticGlm(
      new double[] {1, 10, 0}, new double[] {2, 5, 1}, new double[] {0.5, -1, 0}, 0.25);

  @Test
  void logit_row_isTheStandardizedSum() {
    // 0.25 + 0.5·(3 - 1)/2 - (15 - 10)/5 = -0.25.
    assertThat(model.logit(new double[] {3, 15, 7})).isCloseTo(-0.25, within(1e-15));
    assertThat(model.probability(new double[] {3, 15, 7})).isEqualTo(Logistic.sigmoid(-0.25));
  }

  @Test
  void logit_missingValue_countsAsTheMean() {
    assertThat(model.logit(new double[] {Double.NaN, 15, 0}))
        .isEqualTo(model.logit(new double[] {1, 15, 0}));
    assertThat(model.logit(new double[] {Double.NaN, Double.NaN, Double.NaN})).isEqualTo(0.25);
  }

  @Test
  void logit_columnOfCoefficientZero_isNotRead() {
    assertThat(model.logit(new double[] {1, 10, Double.POSITIVE_INFINITY})).isEqualTo(0.25);
  }

  @Test
  void probability_infiniteValue_isTheLimit() {
    assertThat(model.probability(new double[] {Double.POSITIVE_INFINITY, 10, 0}))
        .isEqualTo(1);
  }

  @Test
  void probability_infiniteValuesAgainstEachOther_isNotNaN() {
    double[] ones = {1, 1};
    LogisticGlm opposed = new LogisticGlm(new double[2], ones, new double[] {2, -3}, 0.5);
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(opposed.probability(new double[] {infinite, infinite})).isBetween(0.0, 1.0);
    assertThat(opposed.probability(new double[] {infinite, 4})).isEqualTo(1);
    assertThat(opposed.probability(new double[] {4, infinite})).isZero();
  }

  @Test
  void logit_rowOfAnotherWidth_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.logit(new double[] {1, 2}))
        .withMessageContaining("2 columns")
        .withMessageContaining("3 columns");
  }

  @Test
  void constructor_illegalValues_areRefusedByName() {
    double[] one = {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogisticGlm(one, new double[] {0}, one, 0))
        .withMessageContaining("glm.scales[0] 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogisticGlm(one, one, new double[] {Double.NaN}, 0))
        .withMessageContaining("glm.coefficients[0] NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogisticGlm(one, one, one, Double.NaN))
        .withMessageContaining("glm.intercept NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogisticGlm(new double[0], one, one, 0))
        .withMessageContaining("0 means");
  }

  @Test
  void model_takenArrays_areCopies() {
    model.coefficients()[0] = 99;
    model.means()[0] = 99;
    model.scales()[0] = 99;
    assertThat(model.logit(new double[] {3, 15, 7})).isCloseTo(-0.25, within(1e-15));
  }
}
