package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftFindingTest {
  @ParameterizedTest
  @CsvSource({"4.001, true", "4, false", "-4, false", "-4.001, true", "0, false"})
  void alarms_beyondTheThreshold_eitherWay(double z, boolean alarms) {
    assertThat(new DriftFinding(25, "zero(Spa)", "Spa", z, 4).alarms()).isEqualTo(alarms);
  }
}
