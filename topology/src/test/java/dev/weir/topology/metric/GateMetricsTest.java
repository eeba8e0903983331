package dev.weir.topology.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Alert;
import dev.weir.topology.collect.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private List<String> tagsAtZero(String name, String tag) {
    return meters.get(name).counters().stream()
        .filter(counter -> counter.count() == 0)
        .map(Counter::getId)
        .map(id -> id.getTag(tag))
        .toList();
  }

  @Test
  void meters_beforeTheFirstEvent_areThereAtZeroForEveryKind() {
    GateMetrics unused = new GateMetrics(meters);

    assertThat(tagsAtZero("weir.gate.dead.letters", "cause"))
        .containsAll(Arrays.stream(Rejection.Cause.values()).map(Enum::name).toList());
    assertThat(tagsAtZero("weir.gate.alerts", "kind"))
        .containsAll(Arrays.stream(Alert.Kind.values()).map(Enum::name).toList());
  }
}
