package dev.weir.gating.control;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlKeysTest {
  private static final SigningKey OPERATOR = key();
  private static final SigningKey MONITOR = key();
  private static final ControlKeys KEYS = new ControlKeys(
      TrustedKeys.anyOf(List.of(OPERATOR.publicKey())), List.of(MONITOR.publicKey()));

  private static SigningKey key() {
    try {
      return SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requireMayTighten_operatorOrMonitor_passes() {
    assertThatCode(() -> KEYS.requireMayTighten(List.of(OPERATOR))).doesNotThrowAnyException();
    assertThatCode(() -> KEYS.requireMayTighten(List.of(MONITOR))).doesNotThrowAnyException();
    assertThatCode(() -> ControlKeys.NONE.requireMayTighten(List.of())).doesNotThrowAnyException();
  }

  @Test
  void requireMayTighten_nobodyOrAStranger_saysThatGatesRefuse() {
    assertThatThrownBy(() -> KEYS.requireMayTighten(List.of()))
        .hasMessageStartingWith("gates would refuse")
        .hasMessageContaining("not signed");
    assertThatThrownBy(() -> KEYS.requireMayTighten(List.of(key())))
        .hasMessageContaining("0 good signatures");
    assertThatThrownBy(() -> ControlKeys.NONE.requireMayTighten(List.of(MONITOR)))
        .hasMessageContaining("no verifier is configured");
  }
}
