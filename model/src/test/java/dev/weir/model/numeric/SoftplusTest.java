package dev.weir.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftplusTest {

  @Test
  void softplus_farOut_neitherOverflowsNorCancels() {
    assertThat(Logistic.softplus(0)).isEqualTo(StrictMath.log(2));
    assertThat(Logistic.softplus(1000)).isEqualTo(1000);
    assertThat(Logistic.softplus(-50)).isEqualTo(StrictMath.exp(-50));
    assertThat(Logistic.softplus(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Logistic.softplus(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Logistic.softplus(Double.NaN)).isNaN();
  }

  @Test
  void softplus_isMinusTheLogOfTheOppositeProbability() {
    for (double logit = -20; logit <= 20; logit += 0.7) {
      assertThat(Logistic.softplus(logit))
          .isCloseTo(-StrictMath.log(Logistic.sigmoid(-logit)), within(1e-14));
    }
  }
}
