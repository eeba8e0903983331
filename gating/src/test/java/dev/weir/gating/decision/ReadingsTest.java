package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every check must hold for every reading, and at a limit it holds. */
class ReadingsTest {
  private static Readings readings(double... all) {
    return new Readings(all, Optional.empty(), Set.of());
  }

  @Test
  void last_isTheOneThatIsReported() {
    assertThat(readings(0.9, 0.8, 0.7).last()).isEqualTo(0.7);
    assertThat(Readings.uncapped(0.4).last()).isEqualTo(0.4);
  }

  @Test
  void flip_someReadingOfAnotherClass_flips() {
    assertThat(readings(0.9, 0.5).flip(0.5)).isFalse();
    assertThat(readings(0.9, 0.49, 0.8).flip(0.5)).isTrue();
    assertThat(readings(0.49, 0.1).flip(0.5)).isFalse();
    assertThat(readings(0.49, 0.5).flip(0.5)).isTrue();
    assertThat(readings(0.5, 0.49).flip(0.5)).isTrue();
  }

  @Test
  void areSure_atTheLimits_isSure() {
    assertThat(readings(0.8, 0.9).areSure(0.5, 0.8, 0.2)).isTrue();
    assertThat(readings(0.2, 0.1).areSure(0.5, 0.8, 0.2)).isTrue();
    assertThat(readings(0.9, 0.79).areSure(0.5, 0.8, 0.2)).isFalse();
    assertThat(readings(0.1, 0.21).areSure(0.5, 0.8, 0.2)).isFalse();
    // At the threshold it is true that is predicted.
    assertThat(readings(0.5).areSure(0.5, 0.5, 0.2)).isTrue();
    assertThat(readings(0.5).areSure(0.5, 0.8, 0.5)).isFalse();
    assertThat(readings(Double.NaN).areSure(0.5, 0, 1)).isFalse();
  }

  @Test
  void areNear_atTheLimit_isNear() {
    assertThat(readings(0.5, 0.75).areNear(0.5, 0.25)).isTrue();
    assertThat(readings(0.5, 0.75).areNear(0.5, 0.24)).isFalse();
    assertThat(readings(0.75, 0.5).areNear(0.5, 0.24)).isFalse();
    assertThat(readings(Double.NaN).areNear(0.5, 1)).isFalse();
  }
}
