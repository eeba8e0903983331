package dev.weir.gating.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.MaskingKey;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Sensitive values: a decision tells none of them, and is recomputed all the same. */
class MaskedTest {
  private static final Bundle BUNDLE = TinyBundle.maskedBundle();
  private static final MaskingKey KEY = new MaskingKey(new byte[32]);
  private static final Secrets SECRETS = new Secrets(SampleKeys.DEMO, Optional.of(KEY));
  private static final String ID = "0237_01";

  private static PolicyFile policy(String canary) {
    return PolicyFile.read(
        "p.yaml",
        PolicyFile.shippedText("passenger/baseline")
            .replaceAll("ids: \\[.*]", "ids: [\"" + canary + "\"]")
            .replace("rate: 0.01", "rate: 1"),
        TinyBundle.MASKED);
  }

  private static RawRecord passenger(String id) {
    RawRecord whole = TinyBundle.passenger(id, Map.of("CryoSleep", true, "Spa", 0.0));
    Map<String, Object> values = new HashMap<>();
    for (int f = 0; f < whole.domain().fields().size(); f++) {
      String name = whole.domain().fields().get(f).name();
      whole.received(f).ifPresent(value -> values.put(name, value));
    }
    Gate gate = new Gate(policy(ID).policy(), BUNDLE, SECRETS);
    return (RawRecord)
        new RecordParser(TinyBundle.MASKED.domain(), gate.hashing()).typed(values::get, List.of());
  }

  private static List<ObjectNode> decisions(PolicyFile policy) {
    Release release =
        Release.offline(policy.fingerprint(), new Gate(policy.policy(), BUNDLE, SECRETS));
    return SealedBatch.of(release
            .decide(
                Controls.NONE,
                TinyGate.batch(List.of(passenger(ID), passenger("b")), 0),
                OptionalLong.empty())
            .decisions())
        .json();
  }

  @Test
  void decide_sensitiveValues_areHashedOrErasedAndNamed() {
    ObjectNode decision = decisions(policy(ID)).get(0);

    assertThat(decision.toString()).doesNotContain(ID);
    assertThat(decision.path("recordId").asText()).isEqualTo(KEY.hash(ID));
    assertThat(decision.path("raw").path("PassengerId").asText()).isEqualTo(KEY.hash(ID));
    assertThat(decision.path("raw").path("TravelGroup").isNull()).isTrue();
    assertThat(decision.path("masked").toString()).isEqualTo("[\"PassengerId\",\"TravelGroup\"]");
  }

  @Test
  void decide_canaries_goByTheHash() {
    assertThat(decisions(policy(KEY.hash(ID))).get(0).path("canary").asBoolean())
        .isTrue();
    assertThat(decisions(policy(ID)).get(0).path("canary").asBoolean()).isFalse();
  }

  @Test
  void verify_maskedDecisions_recomputesAllAndSaysWhatItTook() {
    PolicyFile policy = policy(KEY.hash(ID));

    // Who verifies has no masking key.
    Verification found = Verifier.verify(
        new Gate(policy.policy(), BUNDLE, Secrets.DEMO), policy.fingerprint(), decisions(policy));

    assertThat(found.differences()).isEmpty();
    assertThat(found.unchecked())
        .containsExactly(
            "MASKED, erased: [TravelGroup]",
            "MASKED, keyed hashes, taken as they are: [PassengerId]");
  }

  @Test
  void hashing_withoutAKey_isRefusedWithWhatToDo() {
    Gate gate = new Gate(policy(ID).policy(), BUNDLE, Secrets.DEMO);

    assertThatThrownBy(gate::hashing)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hashes [PassengerId]")
        .hasMessageContaining("keys.masking");
  }
}
