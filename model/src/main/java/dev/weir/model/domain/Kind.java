package dev.weir.model.domain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What values a field takes. */
public enum Kind {
  /** A finite number within the field's range. */
  NUMBER,
  /** True or false. */
  BOOLEAN,
  /** One of an open set of names. */
  CATEGORY,
  /** Free text; with parts, several values joined by a separator. */
  TEXT,
  /** A moment, in epoch milliseconds. */
  TIMESTAMP;

  static List<String> names() {
    return Stream.of(values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  static Kind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a value is held as a number. */
  public boolean isNumeric() {
    return this != CATEGORY && this != TEXT;
  }
}
