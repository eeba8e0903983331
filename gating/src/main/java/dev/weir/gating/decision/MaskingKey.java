package dev.weir.gating.decision;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which sensitive values are hashed: the HMAC-SHA256 of the value in UTF-8, as 64
 * hexadecimal digits. The same value has the same hash everywhere, and nobody without the key can tell
 * whose it is, not even by trying all values.
 */
public final class MaskingKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  public MaskingKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** What takes the value's place. */
  public String hash(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }
}
