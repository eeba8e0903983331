package dev.weir.gating.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ed25519 against the vectors of RFC 8032, 7.1. */
class Rfc8032Test {
  private static final List<SigningKey> KEYS = List.of(Keys.FIRST, Keys.SECOND, Keys.THIRD);

  @ParameterizedTest
  @CsvSource({
    "0, '', e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "1, 72, 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "2, af82, 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void sign_vector_isItsSignature(int key, String message, String signature) {
    byte[] bytes = HexFormat.of().parseHex(message);

    byte[] found = KEYS.get(key).sign(bytes);

    assertThat(HexFormat.of().formatHex(found)).isEqualTo(signature);
    assertThat(KEYS.get(key).publicKey().verifies(bytes, found)).isTrue();
  }

  @Property(tries = 200)
  void verifies_anyBitFlipped_isFalse(@ForAll byte[] message, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] signature = Keys.FIRST.sign(message);
    signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));

    assertThat(Keys.FIRST.publicKey().verifies(message, signature)).isFalse();
  }

  @Test
  void verifies_malformedSignature_isFalse() {
    assertThat(Keys.FIRST.publicKey().verifies(new byte[0], new byte[0])).isFalse();
    assertThat(Keys.FIRST.publicKey().verifies(new byte[0], new byte[63])).isFalse();
    assertThat(Keys.FIRST.publicKey().verifies(new byte[0], new byte[65])).isFalse();
  }

  @Test
  void of_halvesOfTwoPairs_areRefused() {
    assertThatThrownBy(() -> SigningKey.of(Keys.FIRST.encoded(), Keys.SECOND.publicKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of one pair");
  }

  @Test
  void of_noKey_isRefused() {
    assertThatThrownBy(() -> VerifyingKey.of(new byte[44]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.of(new byte[48], Keys.FIRST.publicKey()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
