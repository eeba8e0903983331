package dev.weir.model.domain;

import java.util.List;

/**
 * One declared field.
 *
 * @param min smallest valid number, inclusive; -∞ where unbounded
 * @param max largest valid number, inclusive; +∞ where unbounded
 * @param separator what joins the parts of a text; empty where it has none
 * @param parts the values joined in a text, each a number or a category
 * @param source what a contribution belongs to; empty for other roles
 * @param columnRowsMin training rows that a category needs for a column of its own, at least 1
 * @param sensitivity what others may see of the value; it is never stored with a bundle unless NONE
 */
public record Field(
    String name,
    Kind kind,
    Role role,
    double min,
    double max,
    String separator,
    List<Part> parts,
    String source,
    int columnRowsMin,
    Sensitivity sensitivity) {
  public Field {
    parts = List.copyOf(parts);
  }

  /** One value of a composite text, for instance the deck of a cabin. */
  public record Part(String name, Kind kind, double min, double max, int columnRowsMin) {}

  /** Whether the value must not be seen as it was received. */
  public boolean sensitive() {
    return sensitivity != Sensitivity.NONE;
  }

  /** The rule in words that a number of this field obeys. */
  String rangeRule() {
    return rangeRule(min, max);
  }

  static String rangeRule(double min, double max) {
    return "must be within [" + min + ", " + max + "]";
  }
}
