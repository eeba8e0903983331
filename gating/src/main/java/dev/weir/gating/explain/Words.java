package dev.weir.gating.explain;

import dev.weir.gating.decision.DriftFinding;
import java.util.List;
import java.util.Locale;

/** Numbers and lists for people. */
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

  /** A share that is compared with a limit. */
  static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  static String joined(List<String> words) {
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  static String drift(DriftFinding drift) {
    return String.format(
        Locale.ROOT,
        "of %d records, %s of %s is farthest from training, at %s standard deviations; %s are allowed",
        drift.records(),
        drift.statistic(),
        drift.field(),
        signed(drift.z()),
        number(drift.threshold()));
  }
}
