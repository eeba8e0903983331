package dev.weir.topology.log;

/**
 * One line of Weir's log, {@code event=NAME key=value …}, as logfmt has it: a value with a blank, a
 * quote or an equals sign stands in quotes, and a line break in it is {@code \n}. No line holds a value of a
 * record.
 */
public final class LogLine {
  private final StringBuilder text = new StringBuilder();

  private LogLine(String event) {
    text.append("event=").append(event);
  }

  /**
   * A line that says what happened and nothing more yet.
   *
   * @param event lower_snake_case
   */
  public static LogLine event(String event) {
    return new LogLine(event);
  }

  /** This line and one more value. */
  public LogLine with(String key, Object value) {
    text.append(' ').append(key).append('=');
    String plain = String.valueOf(value);
    if (isPlain(plain)) {
      text.append(plain);
    } else {
      quote(plain);
    }
    return this;
  }

  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != 0x7f);
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
