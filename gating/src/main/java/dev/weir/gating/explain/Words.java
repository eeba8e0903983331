package dev.weir.gating.explain;

import java.util.Locale;

/** Numbers for people. */
final class Words {
  private Words() {}

  static String probability(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }

  static String share(double value) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * value);
  }
}
