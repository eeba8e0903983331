package dev.weir.gating.decision;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyGate;
import dev.weir.gating.gate.Controls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchHoldTest {
  /* Of a sound record, one without a cabin and a rejected one, two thirds are fragile. */
  @Test
  void write_hold_tellsWhatIsHeldAndWhy() {
    Map<String, Object> gap = new HashMap<>();
    gap.put("Cabin", null);
    BatchHold hold = TinyGate.decide(
            TinyGate.policy("hotfix"),
            Controls.NONE,
            TinyGate.batch(List.of(passenger("a", Map.of()), passenger("b", gap)), 1))
        .hold()
        .orElseThrow();

    ObjectNode json = DecisionJson.write(hold);

    assertThat(json.path("batchId").asText()).isEqualTo("b1");
    assertThat(json.path("batchSize").asInt()).isEqualTo(3);
    assertThat(json.path("rejectedInBatch").asInt()).isEqualTo(1);
    assertThat(json.path("fragile").asInt()).isEqualTo(2);
    assertThat(json.path("fragileFraction").asDouble()).isEqualTo(2 / 3.0);
    assertThat(json.path("rule").asText()).isEqualTo("fragile share >= 0.05");
    assertThat(json.path("slices").path("missing_context").asInt()).isEqualTo(1);
    assertThat(json.path("slices").path("cryo_allzero").asInt(-1)).isZero();
    assertThat(json.path("recordRoutes").properties().stream()
            .mapToInt(count -> count.getValue().asInt())
            .sum())
        .isEqualTo(2);
    assertThat(json.path("eventTime").asLong()).isEqualTo(hold.batch().latest());
    assertThat(json.path("release").path("scope").asText()).isEqualTo("passenger");
    assertThat(json.has("drift")).isFalse();
  }
}
