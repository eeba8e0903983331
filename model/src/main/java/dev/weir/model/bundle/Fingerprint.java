package dev.weir.model.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of some content: its name, wherever it lies. Immutable. */
public final class Fingerprint {
  /** The length of a fingerprint in bytes. */
  public static final int BYTES = 32;

  private static final int LENGTH = 2 * BYTES;
  private static final int SHORT = 12;

  private final byte[] bytes;

  /* Made when it is first asked for: who seals and writes bytes never asks. A race makes it twice. */
  private @Nullable String hex;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A fingerprint in text.
   *
   * @param hex 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException if it is anything else
   */
  public static Fingerprint ofHex(String hex) {
    if (hex.length() != LENGTH || !isHex(hex)) {
      throw new IllegalArgumentException(
          "fingerprint '" + hex + "' is not 64 lower-case hexadecimal digits");
    }
    return new Fingerprint(HexFormat.of().parseHex(hex));
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

  /**
   * A fingerprint that was taken elsewhere.
   *
   * @param sha256 its {@value #BYTES} bytes
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static Fingerprint ofSha256(byte[] sha256) {
    if (sha256.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, found " + sha256.length);
    }
    return new Fingerprint(sha256.clone());
  }

  /** The fingerprint of bytes. */
  public static Fingerprint of(byte[] content) {
    try {
      return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The fingerprint of a text's UTF-8 bytes. */
  public static Fingerprint of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    String known = hex;
    if (known == null) {
      known = HexFormat.of().formatHex(bytes);
      hex = known;
    }
    return known;
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes where there is room for them. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, BYTES);
  }

  /** The first digits, for people. */
  public String abbreviated() {
    return hex().substring(0, SHORT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
