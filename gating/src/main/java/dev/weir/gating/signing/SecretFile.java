package dev.weir.gating.signing;

import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A secret in a file of its own: an even number of hexadecimal digits, 32 to 128 of them, that only its
 * owner may read. {@code weir policy keygen NAME --secret} makes one, {@code openssl rand -hex 32} too.
 */
public final class SecretFile {
  private static final int BYTES_MIN = 16;
  private static final int BYTES_MAX = 64;

  private SecretFile() {}

  /**
   * Reads a secret.
   *
   * @throws IllegalArgumentException if there is none, others may read it, or it is no such secret
   */
  public static byte[] read(Path file) {
    KeyFile.requireOwnersAlone(file);
    String text = KeyFile.text(file).strip();
    try {
      byte[] secret = HexFormat.of().parseHex(text);
      if (secret.length >= BYTES_MIN && secret.length <= BYTES_MAX) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without the text: it may be somebody's secret.
    }
    throw new IllegalArgumentException(file + " is no secret of " + 2 * BYTES_MIN + " to "
        + 2 * BYTES_MAX + " hexadecimal digits; make one with: weir policy keygen NAME --secret");
  }

  /**
   * Writes a secret to a new file, for its owner alone.
   *
   * @throws IllegalArgumentException if it cannot be written, or is there already
   */
  public static void write(Path file, byte[] secret) {
    KeyFile.write(file, HexFormat.of().formatHex(secret) + "\n", KeyFile.OWNER_ONLY);
  }
}
