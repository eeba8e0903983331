package dev.weir.gating.gate;

import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The batch rule over the record gate (gate.md §8 and §9): all that is decided once the records are
 * flagged and scored. {@link Gate} does these too.
 */
public final class BatchGate {
  private final RecordGate recordGate;
  private final HoldRule holdRule;
  private final Optional<DriftCheck> driftCheck;

  BatchGate(RecordGate recordGate, HoldRule holdRule) {
    this(recordGate, holdRule, Optional.empty());
  }

  private BatchGate(RecordGate recordGate, HoldRule holdRule, Optional<DriftCheck> driftCheck) {
    this.recordGate = recordGate;
    this.holdRule = holdRule;
    this.driftCheck = driftCheck;
  }

  /**
   * The rules of one policy, compiled for the bundle it runs with.
   *
   * @throws IllegalArgumentException if the policy needs what the bundle cannot give
   */
  public static BatchGate of(Policy policy, Bundle bundle) {
    RecordGate recordGate = new RecordGate(
        policy,
        bundle.calibrator(),
        bundle.threshold(),
        bundle.sources(),
        channels(bundle.definition().domain()),
        bundle.definition().thinSlice());
    return new BatchGate(
        recordGate,
        new HoldRule(policy.hold(), referenceRate(policy, bundle, recordGate)),
        policy
            .hold()
            .drift()
            .map(drift -> new DriftCheck(drift, bundle.reference().drift())));
  }

  private static Set<String> channels(Domain domain) {
    return Arrays.stream(domain.channels())
        .mapToObj(field -> domain.fields().get(field).name())
        .collect(Collectors.toSet());
  }

  private static double referenceRate(Policy policy, Bundle bundle, RecordGate recordGate) {
    if (policy.hold().mode() == Policy.Hold.Mode.ABSOLUTE) {
      return 0;
    }
    if (policy.hold().referenceRate().isPresent()) {
      return policy.hold().referenceRate().getAsDouble();
    }
    ReferenceRate.ownFlags(policy, bundle).findFirst().ifPresent(name -> {
      throw new IllegalArgumentException("the union has '" + name + "', which the bundle does"
          + " not know; give hold.referenceRate, the union's share of ordinary records, or"
          + " let weir policy freeze --data compute it");
    });
    return bundle.flagCounts().share(rows -> recordGate.isFragile(signals(rows)));
  }

  /** When a batch has too many fragile records. */
  HoldRule holdRule() {
    return holdRule;
  }

  private static FlagSignals signals(FlagCounts.Combination rows) {
    return new FlagSignals(rows.truths(), rows.unknowns(), rows.finestN());
  }

  /**
   * What was found on a batch.
   *
   * @param judgements of its valid records, in their order
   * @param n its records, rejected ones included
   * @param k how many are fragile or rejected
   * @param drift how far it lies from training; empty where it was not compared
   * @param rules in words, those that hold it; empty where none does
   */
  public record Verdict(
      List<Judgement> judgements, int n, int k, Optional<DriftFinding> drift, List<String> rules) {
    /** Whether a person decides first. */
    public boolean held() {
      return !rules.isEmpty();
    }

    double fragileFraction() {
      return k / (double) n;
    }
  }

  /**
   * How far a batch lies from training.
   *
   * @param records the valid ones, in any order
   * @return empty where the policy does not ask, or not of so small a batch
   */
  public Optional<DriftFinding> drift(List<RawRecord> records) {
    return driftCheck.flatMap(check -> check.check(records));
  }

  Optional<DriftFinding> drift(Batch batch) {
    return driftCheck.isEmpty()
        ? Optional.empty()
        : drift(batch.records().stream().map(Batch.Member::record).toList());
  }

  /**
   * Judges a batch that is not compared with training.
   *
   * @param rejected how many more records were invalid
   * @param overriding findings of rule 1, which hold for every record
   * @param addedCanaries ids added to the policy's canaries
   */
  public Verdict judge(
      List<Signals> signals, int rejected, Set<Reason> overriding, Set<String> addedCanaries) {
    return judge(signals, Optional.empty(), rejected, overriding, addedCanaries);
  }

  /**
   * Judges a batch.
   *
   * @param drift what {@link #drift} says of it
   * @param rejected how many more records were invalid
   * @param overriding findings of rule 1, which hold for every record
   * @param addedCanaries ids added to the policy's canaries
   */
  public Verdict judge(
      List<Signals> signals,
      Optional<DriftFinding> drift,
      int rejected,
      Set<Reason> overriding,
      Set<String> addedCanaries) {
    int n = signals.size() + rejected;
    int k = rejected;
    Reasons stops = Reasons.copyOf(overriding);
    List<Judgement> judgements = new ArrayList<>(signals.size());
    for (int i = 0; i < signals.size(); i++) {
      Signals record = signals.get(i);
      boolean addedCanary = !addedCanaries.isEmpty() && addedCanaries.contains(record.id());
      Judgement judgement = recordGate.judge(record, n, stops, addedCanary);
      judgements.add(judgement);
      k += judgement.fragile() ? 1 : 0;
    }
    return new Verdict(
        Collections.unmodifiableList(judgements),
        n,
        k,
        drift,
        signals.isEmpty() ? List.of() : rules(n, k, drift));
  }

  private List<String> rules(int n, int k, Optional<DriftFinding> drift) {
    Optional<String> share =
        holdRule.holds(n, k) ? Optional.of(holdRule.described()) : Optional.empty();
    Optional<String> distance = drift
        .filter(DriftFinding::alarms)
        .map(found -> "drift: |z| of " + found.statistic() + " > " + found.threshold());
    return share.isEmpty() && distance.isEmpty()
        ? List.of()
        : Stream.concat(share.stream(), distance.stream()).toList();
  }
}
