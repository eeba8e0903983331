package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.decision.ControlStamp;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlsTest {
  private static final Controls SOME = new Controls(
      OptionalLong.of(9), Set.of(Controls.Kind.PAUSE, Controls.Kind.BREAKER), Set.of("b", "a"));

  @Test
  void stamp_namesKindsAndCanariesInOrder() {
    assertThat(SOME.stamp())
        .isEqualTo(new ControlStamp(
            OptionalLong.of(9), List.of("BREAKER", "CANARY_ADDED:a", "CANARY_ADDED:b", "PAUSE")));
  }

  @Test
  void of_stamp_areTheControlsItTellsOf() {
    assertThat(Controls.of(SOME.stamp())).isEqualTo(SOME);
    assertThat(Controls.of(Controls.NONE.stamp())).isEqualTo(Controls.NONE);
    assertThatThrownBy(
            () -> Controls.of(new ControlStamp(OptionalLong.empty(), List.of("SLOW_DOWN"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
