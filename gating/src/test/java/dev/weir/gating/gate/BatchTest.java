package dev.weir.gating.gate;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.TinyGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void size_countsRejectedRecordsToo() {
    assertThat(TinyGate.batch(List.of(passenger("a", Map.of())), 2).size()).isEqualTo(3);
    assertThat(TinyGate.batch(List.of(), 1).size()).isEqualTo(1);
  }

  @Test
  void batch_withoutARecordOrWithANegativeNumber_isRefused() {
    assertThatThrownBy(() -> TinyGate.batch(List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            TinyGate.batch(List.of(passenger("a", Map.of()), passenger("b", Map.of())), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
