package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WilsonIntervalTest {

  @Test
  void of_halfOfFourAtZTwo_solvesTheScoreEquation() {
    // (1/2 + 4/8 ± 2·√(1/16 + 4/64)) / (1 + 1) = (1 ± √(1/2)) / 2.
    WilsonInterval interval = WilsonInterval.of(2, 4, 2);
    assertThat(interval.lower()).isCloseTo((1 - Math.sqrt(0.5)) / 2, within(1e-15));
    assertThat(interval.upper()).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-15));
  }

  @Test
  void of_noneOrAll_touchesTheEndAndStaysOffTheOther() {
    // z²/(n + z²) with z = 1: 1/5.
    assertThat(WilsonInterval.of(0, 4, 1).lower()).isZero();
    assertThat(WilsonInterval.of(0, 4, 1).upper()).isCloseTo(0.2, within(1e-15));
    assertThat(WilsonInterval.of(4, 4, 1).upper()).isEqualTo(1);
    assertThat(WilsonInterval.of(4, 4, 1).lower()).isCloseTo(0.8, within(1e-15));
  }

  @Test
  void of_noTrials_isTheUnitInterval() {
    assertThat(WilsonInterval.of(0, 0, 1.96)).isEqualTo(new WilsonInterval(0, 1));
  }

  @Test
  void of_illegalInput_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WilsonInterval.of(3, 2, 1))
        .withMessageContaining("successes 3.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WilsonInterval.of(0, -1, 1))
        .withMessageContaining("trials -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WilsonInterval.of(0, 1, Double.NaN))
        .withMessageContaining("z NaN");
  }

  @Property
  void of_anyShare_liesInsideAndNarrowsWithTrials(
      @ForAll @IntRange(min = 1, max = 100_000) int trials,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @DoubleRange(min = 0, max = 5) double z) {
    WilsonInterval interval = WilsonInterval.of(share * trials, trials, z);
    assertThat(interval.lower()).isBetween(0.0, share * trials / trials);
    assertThat(interval.upper()).isBetween(share * trials / trials, 1.0);
    WilsonInterval more = WilsonInterval.of(share * trials * 4, trials * 4.0, z);
    assertThat(more.upper() - more.lower())
        .isLessThanOrEqualTo(interval.upper() - interval.lower() + 1e-12);
  }
}
