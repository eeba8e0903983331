package dev.weir.lab.report;

import java.util.Locale;

/** Writes HTML and SVG; every text is escaped, every number has a fixed number of decimals. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup as it stands. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** A text between tags. */
  Html element(String tag, String text) {
    return raw("<" + tag + ">").text(text).raw("</" + tag.split(" ", 2)[0] + ">");
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A number for people. */
  static String number(double value, int decimals) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A share as per cent. */
  static String percent(double share, int decimals) {
    return Double.isNaN(share) ? "–" : number(100 * share, decimals) + "\u00a0%";
  }

  /** A number with its sign, unless it is written as 0. */
  static String signed(double value, int decimals) {
    String text = number(Math.abs(value), decimals);
    boolean isZero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return (isZero ? "" : value < 0 ? "−" : "+") + text;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
