package dev.weir.gating.gate;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.BundleNames;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Promotion;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The decision function of one policy and the bundle it runs with, compiled. */
public final class Gate {
  private final Policy policy;
  private final Bundle bundle;
  private final BatchGate gate;
  private final BlindSampler sampler;
  private final BundleNames names;
  private final Optional<PromotionRule> promotion;
  private final Secrets secrets;

  /**
   * @param secrets with the key that the policy's audit sample names
   * @throws IllegalArgumentException if the policy needs what the bundle, or the secrets, cannot give
   */
  public Gate(Policy policy, Bundle bundle, Secrets secrets) {
    this.policy = policy;
    this.bundle = bundle;
    this.gate = BatchGate.of(policy, bundle);
    this.names = new BundleNames(bundle.sources(), bundle.reference().vocabulary());
    this.sampler = new BlindSampler(
        policy.auditSample(), secrets.samples().find(policy.auditSample().key()));
    this.secrets = secrets;
    this.promotion = policy.promotion().map(PromotionRule::new);
  }

  /** What comes out of a batch. */
  public record Outcome(List<Decision> decisions, Optional<BatchHold> hold, List<Alert> alerts) {
    public Outcome {
      decisions = List.copyOf(decisions);
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * Decides a batch: one decision for each of its valid records, in their order, and at most one
   * hold.
   *
   * @param release what the decisions say of the release
   * @param overriding findings that hold for the batch as a whole
   */
  public Outcome decide(
      ReleaseStamp release, Set<Reason> overriding, Controls controls, Batch batch) {
    List<Seen> seen = new ArrayList<>(batch.records().size());
    for (Batch.Member member : batch.records()) {
      seen.add(see(member.record()));
    }
    return decide(seen, release, overriding, controls, batch);
  }

  /**
   * Decides a batch that another gate has decided; flags and scores are taken from its decisions
   * where both run with the same bundle, which is most of the work.
   */
  public Outcome decideBeside(
      Outcome other, ReleaseStamp release, Set<Reason> overriding, Controls controls, Batch batch) {
    boolean isSeen = !other.decisions().isEmpty()
        && other.decisions().stream()
            .allMatch(one -> one.release().bundle().equals(bundle.fingerprint()));
    return isSeen
        ? decide(
            other.decisions().stream().map(this::seen).toList(),
            release,
            overriding,
            controls,
            batch)
        : decide(release, overriding, controls, batch);
  }

  private Seen seen(Decision other) {
    return new Seen(
        other.evidence(),
        FlagSignals.of(policy, bundle, other.evidence(), other.prior()),
        other.prior(),
        other.score());
  }

  private Outcome decide(
      List<Seen> seen,
      ReleaseStamp release,
      Set<Reason> overriding,
      Controls controls,
      Batch batch) {
    List<Signals> signals = signals(seen);
    BatchGate.Verdict verdict = gate.judge(
        signals,
        gate.drift(batch),
        batch.rejected(),
        all(overriding, controls),
        controls.canaries());
    BatchStamp stamp = stamp(batch, verdict);
    ControlStamp ordered = controls.stamp();

    List<Decision> decisions = new ArrayList<>(seen.size());
    for (int i = 0; i < seen.size(); i++) {
      Batch.Member member = batch.records().get(i);
      Seen one = seen.get(i);
      Judgement judgement = verdict.judgements().get(i);
      Route route = verdict.held() ? Route.HELD : judgement.route();
      decisions.add(new Decision(
          stamp,
          member.source(),
          member.timestamp(),
          one.evidence(),
          policy.flags().names(one.flags().truths()),
          policy.flags().names(one.flags().unknowns()),
          names,
          one.score(),
          one.prior(),
          verdict.held() ? judgement.held() : judgement,
          route,
          route == Route.AUTO_ACCEPT
              ? sampler.sample(member.record().id(), judgement.slices())
              : Optional.empty(),
          release,
          ordered));
    }
    return new Outcome(decisions, hold(stamp, verdict, release), alerts(decisions));
  }

  /** One record, flagged and scored. */
  private record Seen(Evidence evidence, FlagSignals flags, SlicePrior prior, Score score) {
    Signals signals(Optional<Promotion> promotion) {
      return new Signals(
          evidence.record().id(),
          flags,
          evidence.missingCount(),
          evidence.imputedCount(),
          score,
          promotion);
    }
  }

  private List<Signals> signals(List<Seen> seen) {
    List<Signals> signals = new ArrayList<>(seen.size());
    if (promotion.isEmpty()) {
      for (Seen one : seen) {
        signals.add(one.signals(Optional.empty()));
      }
      return signals;
    }
    List<Promotion> promotions = promotion
        .get()
        .promote(seen.stream()
            .map(one ->
                new PromotionRule.Entrant(one.evidence().record(), one.score().pModel()))
            .toList());
    for (int i = 0; i < seen.size(); i++) {
      signals.add(seen.get(i).signals(Optional.of(promotions.get(i))));
    }
    return signals;
  }

  private Seen see(RawRecord record) {
    Evidence evidence = bundle.evidence(record);
    SlicePrior prior = bundle.prior(evidence);
    return new Seen(
        evidence,
        FlagSignals.of(policy, bundle, evidence, prior),
        prior,
        bundle.score(evidence, prior));
  }

  private static Reasons all(Set<Reason> overriding, Controls controls) {
    Reasons.Findings all = new Reasons.Findings();
    all.addAll(Reasons.copyOf(overriding));
    all.addAll(controls.reasons());
    return all.found();
  }

  private static BatchStamp stamp(Batch batch, BatchGate.Verdict verdict) {
    return new BatchStamp(
        batch.id(),
        batch.part(),
        verdict.n(),
        batch.rejected(),
        verdict.fragileFraction(),
        batch.closeReason(),
        batch.latest(),
        verdict.drift());
  }

  private Optional<BatchHold> hold(
      BatchStamp stamp, BatchGate.Verdict verdict, ReleaseStamp release) {
    if (!verdict.held()) {
      return Optional.empty();
    }
    Map<String, Integer> slices = new LinkedHashMap<>();
    Map<Route, Integer> routes = new EnumMap<>(Route.class);
    policy.fragile().union().forEach(name -> slices.put(name, 0));
    for (Judgement judgement : verdict.judgements()) {
      judgement.slices().forEach(name -> slices.merge(name, 1, Integer::sum));
      routes.merge(judgement.route(), 1, Integer::sum);
    }
    return Optional.of(new BatchHold(
        stamp, verdict.k(), String.join("; ", verdict.rules()), slices, routes, release));
  }

  private static List<Alert> alerts(List<Decision> decisions) {
    List<Alert> alerts = new ArrayList<>();
    for (Decision decision : decisions) {
      if (decision.judgement().canary() && decision.route() == Route.AUTO_ACCEPT) {
        alerts.add(
            new Alert(Alert.Kind.CANARY_ACCEPTED, decision.recordId(), "a canary was accepted"));
      } else if (decision.route() == Route.PRIORITY_AUDIT
          && decision.judgement().heldBackAsCanaryAlone()) {
        alerts.add(new Alert(
            Alert.Kind.CANARY_WOULD_ACCEPT,
            decision.recordId(),
            "nothing but the block kept this canary from acceptance"));
      }
    }
    return alerts;
  }

  /**
   * What takes the place of sensitive values of the bundle's domain, before a record is decided.
   *
   * @throws IllegalArgumentException if the domain hashes a field and no key is known here
   */
  public UnaryOperator<String> hashing() {
    return secrets.hashing(bundle.definition().domain());
  }

  public Policy policy() {
    return policy;
  }

  /** When a batch has too many fragile records. */
  public HoldRule holdRule() {
    return gate.holdRule();
  }

  public Bundle bundle() {
    return bundle;
  }
}
