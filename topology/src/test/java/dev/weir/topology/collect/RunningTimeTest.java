package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningTimeTest {
  private final RunningTime time = new RunningTime(1_000, 100);

  @Test
  void at_readings_addUp() {
    assertThat(time.at(1_000)).isZero();
    assertThat(time.at(1_400)).isEqualTo(400);
    assertThat(time.at(2_000)).isEqualTo(1_000);
  }

  @Test
  void at_gap_countsUpToItsLimit() {
    assertThat(time.at(2_000)).isEqualTo(1_000);
    assertThat(time.at(9_000_000)).isEqualTo(2_000);
  }

  @Test
  void at_slowTicks_countInFull() {
    RunningTime slow = new RunningTime(1_000, 10_000);

    assertThat(slow.at(11_000)).isEqualTo(10_000);
    assertThat(slow.at(22_500)).isEqualTo(21_500);
    assertThat(slow.at(9_000_000)).isEqualTo(41_500);
  }

  @Test
  void at_clockSetBack_goesOnFromThere() {
    time.at(1_500);

    assertThat(time.at(300)).isEqualTo(500);
    assertThat(time.at(400)).isEqualTo(600);
  }
}
