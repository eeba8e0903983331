package dev.weir.operations.policy;

import dev.weir.gating.signing.SigningKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Keys that nobody had before, from the system's randomness. */
public final class NewKey {
  private NewKey() {}

  /** 32 bytes that nobody can guess. */
  public static byte[] secret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** A new Ed25519 key. */
  public static SigningKey make() {
    try {
      return SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK since 15 has Ed25519", e);
    }
  }
}
