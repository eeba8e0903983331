package dev.weir.model.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some content: its name, wherever it lies.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
  /** The length of a fingerprint in bytes. */
  public static final int BYTES = 32;

  private static final int LENGTH = 2 * BYTES;
  private static final int SHORT = 12;

  public Fingerprint {
    if (hex.length() != LENGTH || !isHex(hex)) {
      throw new IllegalArgumentException(
          "fingerprint '" + hex + "' is not 64 lower-case hexadecimal digits");
    }
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The fingerprint of bytes. */
  public static Fingerprint of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new Fingerprint(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The fingerprint of a text's UTF-8 bytes. */
  public static Fingerprint of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The first digits, for people. */
  public String abbreviated() {
    return hex.substring(0, SHORT);
  }

  @Override
  public String toString() {
    return hex;
  }
}
