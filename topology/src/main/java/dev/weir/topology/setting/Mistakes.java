package dev.weir.topology.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Mistakes as they are found. The first of a setting is kept: others may follow from it. */
public final class Mistakes {
  private final Map<String, Mistake> found = new LinkedHashMap<>();

  /** Notes one. */
  public Mistakes add(String setting, String message) {
    found.putIfAbsent(setting, new Mistake(setting, message));
    return this;
  }

  /** Notes one unless the condition holds. */
  public Mistakes unless(boolean isRight, String setting, String message) {
    return isRight ? this : add(setting, message);
  }

  /** Takes one back. */
  void remove(String setting) {
    found.remove(setting);
  }

  /** Notes a number outside [min, max]. */
  public Mistakes unlessWithin(String setting, long value, long min, long max) {
    return unless(
        value >= min && value <= max,
        setting,
        String.format(Locale.ROOT, "%s %d is outside [%d, %d]", setting, value, min, max));
  }

  /** Notes each of others. */
  void addAll(InvalidSettings others) {
    others.mistakes().forEach(mistake -> add(mistake.setting(), mistake.message()));
  }

  /**
   * Ends the search.
   *
   * @throws InvalidSettings with all that were noted, if any was
   */
  public void refuse() {
    refuse(UnaryOperator.identity());
  }

  void refuse(UnaryOperator<Mistake> told) {
    if (!found.isEmpty()) {
      throw new InvalidSettings(List.copyOf(found.values()).stream().map(told).toList());
    }
  }
}
