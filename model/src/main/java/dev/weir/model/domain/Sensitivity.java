package dev.weir.model.domain;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a field's value where others could see it. */
public enum Sensitivity {
  /** Nothing: it may be seen. */
  NONE,
  /** No decision tells it. */
  ERASED,
  /** A keyed hash takes its place before anything else looks at it. */
  HASHED;

  /** What a domain file's {@code sensitive}, a truth value or a word, says of a field; empty for anything else. */
  static Optional<Sensitivity> of(Object given, Role role) {
    return switch (given.toString().toLowerCase(Locale.ROOT)) {
      case "false" -> Optional.of(NONE);
      case "true" -> Optional.of(role == Role.ID ? HASHED : ERASED);
      case "erase" -> Optional.of(ERASED);
      case "hash" -> Optional.of(HASHED);
      default -> Optional.empty();
    };
  }
}
