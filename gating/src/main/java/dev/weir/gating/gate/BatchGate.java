package dev.weir.gating.gate;

import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import java.util.List;
import java.util.Set;

/** The batch rule over the record gate (gate.md §8 and §9). */
record BatchGate(RecordGate recordGate, HoldRule holdRule) {
  /**
   * What was found on a batch.
   *
   * @param n its records, rejected ones included
   * @param k how many are fragile or rejected
   */
  record Verdict(List<Judgement> judgements, int n, int k, boolean held) {
    double fragileFraction() {
      return k / (double) n;
    }
  }

  Verdict judge(
      List<Signals> signals, int rejected, Set<Reason> overriding, Set<String> addedCanaries) {
    int n = signals.size() + rejected;
    List<Judgement> judgements = signals.stream()
        .map(s -> recordGate.judge(s, n, overriding, addedCanaries.contains(s.id())))
        .toList();
    int k = rejected + (int) judgements.stream().filter(Judgement::fragile).count();
    return new Verdict(judgements, n, k, !signals.isEmpty() && holdRule.holds(n, k));
  }
}
