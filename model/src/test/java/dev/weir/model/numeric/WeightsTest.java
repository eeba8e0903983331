package dev.weir.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WeightsTest {

  @Test
  void total_sumsInRowOrder() {
    assertThat(Weights.total(new double[] {1, 0, 2.5})).isEqualTo(3.5);
    assertThat(Weights.total(new double[0])).isZero();
  }

  @Test
  void total_illegalWeight_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.total(new double[] {1, -1}))
        .withMessageContaining("weight[1] -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.total(new double[] {Double.NaN}))
        .withMessageContaining("weight[0] NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.total(new double[] {1e308, 1e308}))
        .withMessageContaining("overflows");
  }

  @Test
  void scaledToMeanOne_countsPositiveRowsOnly() {
    assertThat(Weights.scaledToMeanOne(new double[] {0, 1, 3})).containsExactly(0, 0.5, 1.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.scaledToMeanOne(new double[2]))
        .withMessageContaining("no row");
  }
}
