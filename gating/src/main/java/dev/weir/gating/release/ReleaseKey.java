package dev.weir.gating.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an envelope in the policy topic, {@code scope@epoch} or {@code scope!shadow@epoch}: whose
 * it is, and for what, can be told without opening it.
 */
public record ReleaseKey(String scope, Purpose purpose, long epoch) {
  private static final Pattern TEXT =
      Pattern.compile("(.+?)(!shadow)?@(\\d{1,18})", Pattern.DOTALL);

  /** The key in a text; empty where it is none. */
  public static Optional<ReleaseKey> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new ReleaseKey(
            parts.group(1),
            parts.group(2) == null ? Purpose.DECIDE : Purpose.SHADOW,
            Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return purpose.named(scope) + "@" + epoch;
  }
}
