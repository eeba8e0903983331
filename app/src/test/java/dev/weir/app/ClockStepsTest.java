package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong nanos = new AtomicLong(77);
  private final ClockSteps steps = new ClockSteps(wall::get, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.addAndGet(time.toMillis());
  }

  @Test
  void back_timePasses_isZero() {
    pass(Duration.ofMinutes(10));

    assertThat(steps.back()).isZero();
  }

  @Test
  void back_setBack_isToldOnce() {
    pass(Duration.ofSeconds(1));
    wall.addAndGet(-7_200_000);

    assertThat(steps.back()).isEqualTo(Duration.ofHours(2));
    pass(Duration.ofSeconds(1));
    assertThat(steps.back()).isZero();
  }

  @Test
  void back_setForward_isNegative() {
    wall.addAndGet(7_200_000);

    assertThat(steps.back()).isNegative();
  }
}
