package dev.weir.app;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.EnvelopeJson;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.TrustedKeys;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

  /**
   * The keys that {@code --trust} names, as many of which must have signed as {@code --signatures} says.
   *
   * @throws IllegalArgumentException if a file is no key, or there are too few
   */
  static TrustedKeys trusted(List<Path> trust, int signaturesMin) {
    if (signaturesMin < 1 || signaturesMin > trust.size()) {
      throw new IllegalArgumentException(
          "--signatures " + signaturesMin + " is outside [1, " + trust.size()
              + "], the number of --trust keys; give --trust for each key that may sign");
    }
    return new TrustedKeys(trust.stream().map(KeyFile::readPublic).toList(), signaturesMin);
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
