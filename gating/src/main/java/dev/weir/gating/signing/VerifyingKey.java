package dev.weir.gating.signing;

import dev.weir.model.bundle.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/** The public half of an Ed25519 key (RFC 8032). */
public final class VerifyingKey {
  static final String ALGORITHM = "Ed25519";

  private final PublicKey key;
  private final String keyId;

  VerifyingKey(PublicKey key) {
    this.key = key;
    this.keyId = Fingerprint.of(key.getEncoded()).hex();
  }

  /**
   * A key.
   *
   * @param encoded DER of its SubjectPublicKeyInfo (RFC 8410)
   * @throws IllegalArgumentException if it is none
   */
  public static VerifyingKey of(byte[] encoded) {
    try {
      return new VerifyingKey(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the key's SubjectPublicKeyInfo, in hexadecimal digits. */
  public String keyId() {
    return keyId;
  }

  byte[] encoded() {
    return key.getEncoded();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifyingKey that && that.keyId.equals(keyId);
  }

  @Override
  public int hashCode() {
    return keyId.hashCode();
  }

  @Override
  public String toString() {
    return keyId;
  }

  /** Whether the signature over the message is this key's; a malformed one is not. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK since 15 has " + ALGORITHM, e);
    }
  }
}
