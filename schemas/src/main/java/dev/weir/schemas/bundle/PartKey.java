package dev.weir.schemas.bundle;

import dev.weir.model.bundle.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of one part: {@code fingerprint/part} in ASCII.
 *
 * @param part 0 is the index, those from 1 on are content
 */
public record PartKey(Fingerprint bundle, int part) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{64})/(0|[1-9][0-9]{0,3})");

  /** The key in {@code bytes}; empty where it is none. */
  public static Optional<PartKey> parse(byte @Nullable [] bytes) {
    Matcher matcher =
        FORM.matcher(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
    return matcher.matches()
        ? Optional.of(
            new PartKey(Fingerprint.ofHex(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** The key as a record has it. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return bundle + "/" + part;
  }
}
