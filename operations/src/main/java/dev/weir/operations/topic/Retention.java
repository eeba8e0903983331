package dev.weir.operations.topic;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the decision log is kept: decisions, holds, dead letters and shadows' differences.
 *
 * @param time at least a day; empty for without end
 */
public record Retention(Optional<Duration> time) {
  /** A year, in which decisions must be recomputed, and a month to do it in. */
  public static final Retention DEFAULT = new Retention(Optional.of(Duration.ofDays(400)));

  /** What {@link #parse} takes for without end. */
  static final String FOREVER = "forever";

  private static final long DAYS_MAX = 36_500;
  private static final String WITHOUT_END = "-1";

  public Retention {
    if (time.map(given -> given.toDays() < 1 || given.toDays() > DAYS_MAX).orElse(false)) {
      throw new IllegalArgumentException(
          "retention of " + time.get() + " is outside [1, " + DAYS_MAX + "] days");
    }
  }

  /**
   * Reads a whole number of days, or {@code forever}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Retention parse(String text) {
    if (text.equals(FOREVER)) {
      return new Retention(Optional.empty());
    }
    try {
      return new Retention(Optional.of(Duration.ofDays(Integer.parseInt(text))));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no retention; use a number of days in" + " [1, " + DAYS_MAX + "], or "
              + FOREVER,
          e);
    }
  }

  /** As Kafka's {@code retention.ms} has it. */
  String setting() {
    return time.map(given -> Long.toString(given.toMillis())).orElse(WITHOUT_END);
  }
}
