package dev.weir.gating.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an envelope in the policy topic, {@code scope@epoch}: whose it is can be told without
 * opening it.
 */
public record ReleaseKey(String scope, long epoch) {
  private static final Pattern TEXT = Pattern.compile("(.+)@(\\d{1,18})", Pattern.DOTALL);

  /** The key in a text; empty where it is none. */
  public static Optional<ReleaseKey> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new ReleaseKey(parts.group(1), Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return scope + "@" + epoch;
  }
}
