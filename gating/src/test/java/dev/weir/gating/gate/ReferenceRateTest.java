package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.policy.PolicyFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceRateTest {
  private static final PolicyFile OWN = PolicyFile.read(
      "own",
      PolicyFile.shippedText("passenger/baseline")
          .replaceFirst("union: \\[.*", "union: [vip]")
          .replace("extraFlags: {}", "extraFlags: {vip: {equals: {field: VIP, value: true}}}"),
      TinyBundle.DEFINITION);

  @Test
  void of_records_isTheShareOfTheFragile() {
    assertThat(ReferenceRate.of(
            OWN.policy(),
            TinyGate.BUNDLE,
            List.of(
                TinyBundle.passenger("a", Map.of("VIP", true)),
                TinyBundle.passenger("b", Map.of()),
                TinyBundle.passenger("c", Map.of()),
                TinyBundle.passenger("d", Map.of()))))
        .isEqualTo(0.25);
  }

  @Test
  void of_noRecords_isRefused() {
    assertThatThrownBy(() -> ReferenceRate.of(OWN.policy(), TinyGate.BUNDLE, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mustBeGiven_ownFlagInTheUnionUnderExcess_alone() {
    assertThat(ReferenceRate.mustBeGiven(OWN.policy(), TinyGate.BUNDLE)).isTrue();
    assertThat(ReferenceRate.mustBeGiven(TinyGate.policy("baseline").policy(), TinyGate.BUNDLE))
        .isFalse();
    assertThat(ReferenceRate.mustBeGiven(TinyGate.policy("hotfix").policy(), TinyGate.BUNDLE))
        .isFalse();
  }

  @Test
  void gate_ownFlagUnderAnAbsoluteHold_needsNoRate() {
    PolicyFile absolute = PolicyFile.read(
        "own",
        PolicyFile.shippedText("passenger/steady")
            .replace("union: [", "union: [vip, ")
            .replace("extraFlags: {}", "extraFlags: {vip: {equals: {field: VIP, value: true}}}"),
        TinyBundle.DEFINITION);

    assertThat(TinyGate.gate(absolute).policy().fragile().union()).contains("vip");
  }

  @Test
  void gate_withoutARateThatItNeeds_saysHowToGetOne() {
    assertThatThrownBy(() -> TinyGate.gate(OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weir policy freeze --data");
  }
}
