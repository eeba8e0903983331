package dev.weir.app;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.EnvelopeJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Releases in files, as {@code weir policy freeze} writes them. */
final class FrozenRelease {
  private FrozenRelease() {}

  /**
   * The envelope in a file.
   *
   * @throws IllegalArgumentException if there is none, or no release in it
   */
  static Envelope envelope(Path file) {
    Envelope envelope = read(file);
    try {
      Purpose unused = Purpose.of(envelope.payloadType());
      return envelope;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " is no release: " + e.getMessage(), e);
    }
  }

  private static Envelope read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no release " + file + "; make one with weir policy freeze");
    }
    try {
      return EnvelopeJson.read(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " is " + e.getMessage(), e);
    }
  }
}
