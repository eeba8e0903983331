package dev.weir.operations.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private long now = 1_000;
  private long slept;

  private Pace pace(double perSecond) {
    return new Pace(perSecond, () -> now, nanos -> {
      slept += nanos;
      now += nanos;
    });
  }

  @Test
  void step_faster_waitsForItsTurn() {
    Pace pace = pace(100);

    for (int i = 0; i < 11; i++) {
      pace.step();
    }

    assertThat(slept).isEqualTo(100_000_000L);
  }

  @Test
  void step_afterAPause_catchesUpWithoutWaiting() {
    Pace pace = pace(100);
    pace.step();
    now += 50_000_000L;

    for (int i = 0; i < 5; i++) {
      pace.step();
    }

    assertThat(slept).isZero();
  }

  @Test
  void step_infiniteRate_neverWaits() {
    Pace pace = pace(Double.POSITIVE_INFINITY);

    for (int i = 0; i < 1000; i++) {
      pace.step();
    }

    assertThat(slept).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void pace_withoutARate_isRefused(double perSecond) {
    assertThatIllegalArgumentException().isThrownBy(() -> pace(perSecond));
  }
}
