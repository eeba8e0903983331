package dev.weir.gating.explain;

import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.HoldRule;
import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What held a batch, by how much, and what its records would have got without. */
final class HeldBatch {
  private final Policy.Hold policy;
  private final HoldRule rule;

  HeldBatch(Policy.Hold policy, HoldRule rule) {
    this.policy = policy;
    this.rule = rule;
  }

  List<String> lines(BatchHold hold) {
    List<String> lines = new ArrayList<>();
    int n = hold.batch().size();
    int tooMany = hold.fragile() - rule.fragileMax(n);
    if (tooMany > 0) {
      lines.add(String.format(
          Locale.ROOT, "BATCH_HELD: %s: %d too many", share(n, hold.fragile()), tooMany));
    }
    hold.batch()
        .drift()
        .filter(DriftFinding::alarms)
        .ifPresent(drift -> lines.add("BATCH_HELD: the batch has drifted: " + Words.drift(drift)
            + ": " + Words.number(Math.abs(drift.z()) - drift.threshold()) + " too far"));
    if (hold.fragile() > 0) {
      lines.add("fragile by slice: " + slices(hold));
    }
    lines.add(String.format(
        Locale.ROOT,
        "without the hold %d of its records would have been accepted and %d audited",
        count(hold, Route.AUTO_ACCEPT),
        count(hold, Route.PRIORITY_AUDIT)));
    return lines;
  }

  private String share(int n, int k) {
    String found = String.format(Locale.ROOT, "%d of %d records are fragile or invalid", k, n);
    return switch (policy.mode()) {
      case ABSOLUTE ->
        "%s, %s; a batch is held from %s on"
            .formatted(found, Words.percent(k / (double) n), Words.percent(policy.fraction()));
      case EXCESS ->
        "%s, where %s are expected; by chance so many come with probability %s, and a batch is"
                .formatted(
                    found, Words.number(n * rule.referenceRate()), Words.number(rule.chance(n, k)))
            + " held at " + Words.number(policy.alpha()) + " or less";
    };
  }

  private static String slices(BatchHold hold) {
    List<String> counts = new ArrayList<>();
    hold.slices().forEach((slice, count) -> {
      if (count > 0) {
        counts.add(slice + " " + count);
      }
    });
    if (hold.batch().rejected() > 0) {
      counts.add("invalid " + hold.batch().rejected());
    }
    return Words.joined(counts);
  }

  private static int count(BatchHold hold, Route route) {
    return hold.recordRoutes().getOrDefault(route, 0);
  }
}
