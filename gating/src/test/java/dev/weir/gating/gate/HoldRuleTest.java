package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.Policy;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldRuleTest {
  private static HoldRule absolute(int recordsMin, double fraction) {
    return new HoldRule(
        new Policy.Hold(Policy.Hold.Mode.ABSOLUTE, recordsMin, fraction, 0, OptionalDouble.empty()),
        0);
  }

  private static HoldRule excess(double alpha, double rate) {
    return new HoldRule(
        new Policy.Hold(Policy.Hold.Mode.EXCESS, 11, 1, alpha, OptionalDouble.empty()), rate);
  }

  @ParameterizedTest
  @CsvSource({
    "11, 1, true", // the smallest batch that is held, at 9 %
    "10, 10, false",
    "20, 1, true", // 5 % exactly
    "21, 1, false",
    "21, 2, true",
  })
  void holds_absolute_fromTheFractionAndTheSmallestBatchOn(int n, int k, boolean held) {
    assertThat(absolute(11, 0.05).holds(n, k)).isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "11, 0", "20, 0", "21, 1", "40, 1", "41, 2", "100, 4"})
  void fragileMax_absolute_isTheLargestThatIsNotHeld(int n, int most) {
    assertThat(absolute(11, 0.05).fragileMax(n)).isEqualTo(most);
  }

  @Test
  void fragileMax_fractionOfZero_isNoNumberAtAll() {
    assertThat(absolute(1, 0).fragileMax(5)).isEqualTo(-1);
  }

  /* 2^-14 is 6.1e-5; 15 times that is above 1e-4. */
  @Test
  void fragileMax_excess_isTheLargestThatIsLikelyEnough() {
    assertThat(excess(1e-4, 0.5).fragileMax(14)).isEqualTo(13);
    assertThat(excess(1e-5, 0.5).fragileMax(14)).isEqualTo(14);
    assertThat(excess(1e-4, 0.5).fragileMax(10)).isEqualTo(10);
  }

  @Test
  void holds_tailOfAlphaExactly_holds() {
    assertThat(excess(Math.pow(2, -14), 0.5).holds(14, 14)).isTrue();
    assertThat(excess(Math.pow(2, -14) * 0.999, 0.5).holds(14, 14)).isFalse();
  }
}
