package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskingKeyTest {
  @Test
  void hash_rfc4231CaseOne_isItsDigest() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);

    assertThat(new MaskingKey(key).hash("Hi There"))
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  }

  @Test
  void hash_rfc4231CaseTwo_isItsDigest() {
    assertThat(new MaskingKey("Jefe".getBytes(StandardCharsets.US_ASCII))
            .hash("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }
}
