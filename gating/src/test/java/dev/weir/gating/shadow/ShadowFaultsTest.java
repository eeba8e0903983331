package dev.weir.gating.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Alert;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShadowFaultsTest {
  private static final PolicyFile POLICY = TinyGate.policy("steady");

  private static Release shadow(long epoch) {
    return new Release(
        "passenger",
        "v" + epoch,
        epoch,
        0,
        OptionalLong.empty(),
        POLICY.fingerprint(),
        TinyGate.gate(POLICY));
  }

  @Test
  void alert_firstFaultOfAShadow_namesShadowBatchAndFault() {
    Alert alert =
        new ShadowFaults().alert(shadow(3), "batch b7", "out of memory").orElseThrow();

    assertThat(alert.kind()).isEqualTo(Alert.Kind.SHADOW_FAULT);
    assertThat(alert.subject()).isEqualTo("passenger@3");
    assertThat(alert.message())
        .startsWith("shadow v3, epoch 3, could not decide batch b7;")
        .endsWith(": out of memory");
  }

  @Test
  void alert_laterFaults_areToldOncePerShadow() {
    ShadowFaults faults = new ShadowFaults();
    faults.alert(shadow(3), "batch b7", "x");

    assertThat(faults.alert(shadow(3), "b8", "x")).isEmpty();
    assertThat(faults.alert(shadow(4), "b8", "x")).isPresent();
    assertThat(faults.alert(shadow(4), "b9", "x")).isEmpty();
  }
}
