package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.numeric.Weights;
import org.junit.jupiter.api.Test;

class RegressionErrorTest {
  private static final double[] TARGETS = {1, 2, 3};
  private static final double[] PREDICTIONS = {2, 2, 1};

  @Test
  void errors_handCase_areTheMeans() {
    double[] ones = Weights.ones(3);
    assertThat(RegressionError.meanAbsolute(TARGETS, PREDICTIONS, ones)).hasValue(1);
    assertThat(RegressionError.rootMeanSquared(TARGETS, PREDICTIONS, ones).orElseThrow())
        .isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
    assertThat(RegressionError.rSquared(TARGETS, PREDICTIONS, ones).orElseThrow())
        .isCloseTo(-1.5, within(1e-15));
    // u = -1, 0, 2: 0.1·1 + 0 + 0.9·2, over 3.
    assertThat(RegressionError.pinball(TARGETS, PREDICTIONS, ones, 0.9).orElseThrow())
        .isCloseTo(1.9 / 3, within(1e-15));
  }

  @Test
  void errors_weightZero_isAbsent() {
    assertThat(RegressionError.meanAbsolute(TARGETS, PREDICTIONS, new double[] {1, 1, 0}))
        .hasValue(0.5);
  }

  @Test
  void rSquared_constantTarget_isEmpty() {
    assertThat(RegressionError.rSquared(new double[] {0.1, 0.1, 0.1}, PREDICTIONS, Weights.ones(3)))
        .isEmpty();
    // Constant among the rows of positive weight.
    assertThat(RegressionError.rSquared(TARGETS, PREDICTIONS, new double[] {0, 1, 0}))
        .isEmpty();
  }

  @Test
  void errors_withoutRows_areEmpty() {
    double[] none = {};
    assertThat(RegressionError.meanAbsolute(none, none, none)).isEmpty();
    assertThat(RegressionError.rootMeanSquared(none, none, none)).isEmpty();
    assertThat(RegressionError.rSquared(none, none, none)).isEmpty();
    assertThat(RegressionError.pinball(none, none, none, 0.5)).isEmpty();
  }

  @Test
  void errors_illegalInput_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            RegressionError.meanAbsolute(TARGETS, new double[] {1, Double.NaN, 2}, Weights.ones(3)))
        .withMessageContaining("prediction[1] NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegressionError.pinball(TARGETS, PREDICTIONS, Weights.ones(3), 1))
        .withMessageContaining("quantile 1.0");
  }
}
