package dev.weir.gating.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key (RFC 8032) that signs. Signatures are deterministic. */
public final class SigningKey {
  private static final byte[] PROBE = "weir".getBytes(StandardCharsets.UTF_8);

  private final PrivateKey key;
  private final VerifyingKey publicKey;

  private SigningKey(PrivateKey key, VerifyingKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
    if (!publicKey.verifies(PROBE, sign(PROBE))) {
      throw new IllegalArgumentException("the private and the public key are not of one pair");
    }
  }

  /**
   * A key pair.
   *
   * @throws IllegalArgumentException if it is not of Ed25519
   */
  public static SigningKey of(KeyPair pair) {
    PublicKey half = pair.getPublic();
    return of(pair.getPrivate().getEncoded(), VerifyingKey.of(half.getEncoded()));
  }

  /**
   * A key and its public half.
   *
   * @param encoded DER of its PrivateKeyInfo, PKCS #8 (RFC 8410)
   * @throws IllegalArgumentException if it is none, or not the half of that public key
   */
  static SigningKey of(byte[] encoded, VerifyingKey publicKey) {
    try {
      return new SigningKey(
          KeyFactory.getInstance(VerifyingKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded)),
          publicKey);
    } catch (GeneralSecurityException e) {
      // The cause could quote the key.
      throw new IllegalArgumentException("not an Ed25519 private key");
    }
  }

  public String keyId() {
    return publicKey.keyId();
  }

  /** What verifies this key's signatures. */
  public VerifyingKey publicKey() {
    return publicKey;
  }

  byte[] encoded() {
    return key.getEncoded();
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(VerifyingKey.ALGORITHM);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK since 15 signs with " + VerifyingKey.ALGORITHM, e);
    }
  }
}
