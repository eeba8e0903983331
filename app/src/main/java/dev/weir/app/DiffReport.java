package dev.weir.app;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.PolicyChange;
import dev.weir.gating.shadow.Comparison;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What another policy changes, in words. */
final class DiffReport {
  private DiffReport() {}

  /** All changes in one sentence. */
  static String summary(List<PolicyChange> changes) {
    if (changes.isEmpty()) {
      return "both policies say the same";
    }
    Set<PolicyChange.Effect> effects =
        changes.stream().map(PolicyChange::effect).collect(Collectors.toSet());
    effects.remove(PolicyChange.Effect.NEITHER);
    String all = effects.isEmpty()
        ? "moves no route"
        : effects.equals(Set.of(PolicyChange.Effect.TIGHTENS))
            ? "tightens"
            : effects.equals(Set.of(PolicyChange.Effect.LOOSENS))
                ? "loosens"
                : "may tighten some records and loosen others";
    return changes.size() + (changes.size() == 1 ? " change" : " changes") + "; taken together it "
        + all;
  }

  /** What it does to the records of a file. */
  static void print(Comparison found, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d of %d records change their route, %d their predicted class, %d anything a decision"
            + " says of them%n",
        found.moved(),
        found.records(),
        found.reclassified(),
        found.differing());
    for (Route from : Route.values()) {
      for (Route to : Route.values()) {
        if (found.moved(from, to) > 0) {
          out.printf(Locale.ROOT, "  %-14s -> %-14s %6d%n", from, to, found.moved(from, to));
        }
      }
    }
    for (Reason reason : found.reasons()) {
      int before = found.active().reasons().getOrDefault(reason, 0);
      int after = found.shadow().reasons().getOrDefault(reason, 0);
      if (before != after) {
        out.printf(Locale.ROOT, "  %-31s %6d -> %6d%n", reason, before, after);
      }
    }
    share("accepted", found, Route.AUTO_ACCEPT, out);
    share("held", found, Route.HELD, out);
    out.printf(
        Locale.ROOT,
        "audit load %d -> %d records (audited, held, and reviewed blind)%n",
        found.active().auditLoad(),
        found.shadow().auditLoad());
  }

  private static void share(String what, Comparison found, Route route, PrintWriter out) {
    double records = Math.max(1, found.records());
    out.printf(
        Locale.ROOT,
        "%s %.1f %% -> %.1f %%%n",
        what,
        100 * found.active().count(route) / records,
        100 * found.shadow().count(route) / records);
  }
}
