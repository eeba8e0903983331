package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyChange;
import dev.weir.gating.policy.PolicyDiff;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of gate.md §11 over gate inputs, and what follows from §7 to §9. */
class LawsTest {
  /** A route and what it may move to: accept, then audit, then hold. */
  private static List<Route> routes(BatchGate.Verdict verdict) {
    return verdict.judgements().stream()
        .map(judgement -> verdict.held() ? Route.HELD : judgement.route())
        .toList();
  }

  private static void assertNoLooser(Inputs before, Inputs after) {
    BatchGate.Verdict first = before.judge();
    BatchGate.Verdict second = after.judge();
    for (int i = 0; i < first.judgements().size(); i++) {
      assertThat(routes(second).get(i)).isGreaterThanOrEqualTo(routes(first).get(i));
      assertThat(second.judgements().get(i).route())
          .isGreaterThanOrEqualTo(first.judgements().get(i).route());
    }
  }

  @Property
  void monotone_flagAdded_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    int record = random.nextInt(inputs.signals().size());
    Signals old = inputs.signals().get(record);
    long flag = 1L << random.nextInt(Inputs.FLAGS.size());
    FlagSignals flags = old.flags();
    assertNoLooser(
        inputs,
        inputs.with(
            record,
            flags(
                old,
                new FlagSignals(
                    flags.truths() | flag, flags.unknowns() & ~flag, flags.finestN()))));
  }

  @Property
  void monotone_unknownFlagAddedWhereItCounts_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    Policy.Fragile old = inputs.policy().fragile();
    Inputs counting = inputs.with(fragile(
        inputs.policy(),
        new Policy.Fragile(
            old.union(),
            true,
            old.consensusAlways(),
            old.smallBatch(),
            old.limits(),
            old.slices())));
    int record = random.nextInt(inputs.signals().size());
    Signals signals = inputs.signals().get(record);
    long flag = 1L << random.nextInt(Inputs.FLAGS.size()) & ~signals.flags().truths();
    assertNoLooser(
        counting,
        counting.with(
            record,
            flags(
                signals,
                new FlagSignals(
                    signals.flags().truths(),
                    signals.flags().unknowns() | flag,
                    signals.flags().finestN()))));
    assertNoLooser(inputs, counting);
  }

  @Property
  void monotone_countRaised_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    int record = random.nextInt(inputs.signals().size());
    Signals old = inputs.signals().get(record);
    assertNoLooser(
        inputs,
        inputs.with(
            record,
            new Signals(
                old.id(),
                old.flags(),
                old.missingCount() + random.nextInt(2),
                old.imputedCount() + random.nextInt(2),
                old.score(),
                old.promotion())));
  }

  @Property
  void monotone_kappaAddedOrRaised_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    Policy policy = inputs.policy();
    List<String> names = new ArrayList<>(Inputs.FLAGS.names(-1));
    names.addAll(List.of("missing_count", "imputed_count", Policy.THIN_SLICE));
    Map<String, Double> kappa = new TreeMap<>(policy.variance().kappa());
    double added = random.nextInt(3) == 0 ? 1e-9 : random.nextDouble();
    kappa.merge(names.get(random.nextInt(names.size())), added, Double::sum);
    assertNoLooser(
        inputs,
        inputs.with(new Policy(
            policy.semantics(),
            policy.scope(),
            policy.flags(),
            policy.accept(),
            policy.fragile(),
            policy.thinSlice(),
            policy.caps(),
            new Policy.Variance(policy.variance().scope(), kappa),
            policy.hold(),
            policy.canaries(),
            policy.auditSample(),
            policy.promotion())));
  }

  @Property
  void monotone_canaryAdded_movesNothingTowardAccept(@ForAll long seed) {
    Inputs inputs = Inputs.of(new Random(seed));
    Set<String> more = new TreeSet<>(inputs.canaries());
    more.add("r" + Math.floorMod(seed, 12));
    assertNoLooser(inputs, inputs.withCanaries(more));
  }

  @Property
  void monotone_controlAdded_acceptsNothing(@ForAll long seed) {
    Inputs inputs = Inputs.of(new Random(seed));
    Set<Reason> more = EnumSet.of(Reason.KILL_SWITCH);
    more.addAll(inputs.overriding());
    Inputs after = inputs.withOverriding(more);
    assertNoLooser(inputs, after);
    assertThat(routes(after.judge())).doesNotContain(Route.AUTO_ACCEPT);
  }

  @Property
  void monotone_anyThresholdTightened_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    for (int which = 0; which < Tightening.ALL.size(); which++) {
      assertNoLooser(
          inputs, inputs.with(Tightening.ALL.get(which).tighten(inputs.policy(), random)));
    }
  }

  @Property
  void diff_ofAPolicyAndAStricterOne_neverSaysThatItLoosens(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    for (Tightening tightening : Tightening.ALL) {
      assertThat(PolicyDiff.between(inputs.policy(), tightening.tighten(inputs.policy(), random)))
          .extracting(PolicyChange::effect)
          .doesNotContain(PolicyChange.Effect.LOOSENS);
    }
  }

  @Property
  void diff_thatOnlyTightens_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    Policy other = inputs.policy();
    for (int i = 0; i < 3; i++) {
      Tightening one = Tightening.ALL.get(random.nextInt(Tightening.ALL.size()));
      other = one.tighten(other, random);
    }
    List<PolicyChange> changes = PolicyDiff.between(inputs.policy(), other);
    boolean onlyTightens = changes.stream()
        .allMatch(change -> change.effect() == PolicyChange.Effect.TIGHTENS
            || change.effect() == PolicyChange.Effect.NEITHER);
    Inputs after = inputs.with(other);
    assertThat(onlyTightens || changes.stream().anyMatch(LawsTest::concernsWhoIsFragile))
        .isTrue();
    // The direction holds at a fixed rate, which these inputs have.
    assertNoLooser(inputs, after);
  }

  private static boolean concernsWhoIsFragile(PolicyChange change) {
    return change.effect() == PolicyChange.Effect.EITHER
        && (change.key().equals("fragile.union") || change.key().equals("thinSlice.recordsMin"));
  }

  @Property
  void limits_ofSeveralSlices_areTheStrictestOfAll(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    Policy.Fragile old = inputs.policy().fragile();
    Map<String, Limits> slices = new TreeMap<>();
    Limits strictest = old.limits();
    for (String name : old.union()) {
      Limits override = new Limits(
          random.nextDouble() / 4, random.nextDouble(), random.nextDouble(), random.nextDouble());
      slices.put(name, override);
      strictest = strictest.strictest(override);
    }
    BatchGate.Verdict bySlice = withLimits(inputs, old.limits(), slices).judge();
    BatchGate.Verdict byStrictest = withLimits(inputs, strictest, Map.of()).judge();
    for (int i = 0; i < bySlice.judgements().size(); i++) {
      Judgement judgement = bySlice.judgements().get(i);
      Limits own = old.limits();
      for (String slice : judgement.slices()) {
        own = own.strictest(slices.get(slice));
      }
      Judgement expected =
          withLimits(inputs, own, Map.of()).judge().judgements().get(i);
      assertThat(judgement.reasons()).isEqualTo(expected.reasons());
      assertThat(byStrictest.judgements().get(i).route()).isGreaterThanOrEqualTo(judgement.route());
    }
  }

  private static Inputs withLimits(Inputs inputs, Limits limits, Map<String, Limits> slices) {
    Policy.Fragile old = inputs.policy().fragile();
    return inputs.with(fragile(
        inputs.policy(),
        new Policy.Fragile(
            old.union(),
            old.unknownCounts(),
            old.consensusAlways(),
            old.smallBatch(),
            limits,
            slices)));
  }

  @Property
  void judge_twice_isEqual(@ForAll long seed) {
    assertThat(Inputs.of(new Random(seed)).judge())
        .usingRecursiveComparison()
        .isEqualTo(Inputs.of(new Random(seed)).judge());
  }

  @Property
  void judge_anyRecord_hasOneRouteAndItsReason(@ForAll long seed) {
    BatchGate.Verdict found = Inputs.of(new Random(seed)).judge();
    for (Judgement judgement : found.judgements()) {
      boolean accepted = judgement.route() == Route.AUTO_ACCEPT;
      assertThat(judgement.route()).isNotEqualTo(Route.HELD);
      assertThat(judgement.reasons()).isNotEmpty();
      assertThat(judgement.reasons().contains(Reason.NORMAL)
              || judgement.reasons().contains(Reason.CONSENSUS))
          .isEqualTo(accepted);
      assertThat(judgement.held().reasons()).contains(Reason.BATCH_HELD);
      if (accepted) {
        assertThat(judgement.reasons()).hasSize(1);
      }
      assertThat(
              judgement.reasons().containsAll(Set.of(Reason.INTERVAL_WIDE, Reason.CONFIDENCE_LOW)))
          .isFalse();
    }
  }

  @Property
  void judge_otherOrderOfRecords_judgesEachTheSame(@ForAll long seed) {
    Inputs inputs = Inputs.of(new Random(seed));
    List<Signals> shuffled = new ArrayList<>(inputs.signals());
    Collections.shuffle(shuffled, new Random(seed + 1));
    BatchGate.Verdict first = inputs.judge();
    BatchGate.Verdict second = inputs.with(shuffled).judge();
    assertThat(second.held()).isEqualTo(first.held());
    for (int i = 0; i < shuffled.size(); i++) {
      int before = inputs.signals().indexOf(shuffled.get(i));
      assertThat(second.judgements().get(i))
          .usingRecursiveComparison()
          .isEqualTo(first.judgements().get(before));
    }
  }

  @Property
  void interval_anyRecord_isOrdered(@ForAll long seed) {
    for (Judgement judgement : Inputs.of(new Random(seed)).judge().judgements()) {
      Interval interval = judgement.interval();
      assertThat(interval.p10()).isBetween(0.0, interval.p50());
      assertThat(interval.p90()).isBetween(interval.p50(), 1.0);
      assertThat(judgement.width()).isGreaterThanOrEqualTo(interval.width());
      assertThat(judgement.confidence()).isBetween(0.0, 1.0);
    }
  }

  @Property
  void interval_untouchedRecord_keepsItsBits(@ForAll long seed) {
    Inputs inputs = Inputs.of(new Random(seed));
    BatchGate.Verdict found = inputs.judge();
    for (int i = 0; i < inputs.signals().size(); i++) {
      Judgement judgement = found.judgements().get(i);
      Score score = inputs.signals().get(i).score();
      if (judgement.capCauses().isEmpty() && judgement.variance().components().isEmpty()) {
        assertThat(judgement.interval())
            .isEqualTo(new Interval(clip(score.p10()), clip(score.p50()), clip(score.p90())));
      }
    }
  }

  @Property
  void hold_anyBatch_followsFromNAndK(@ForAll long seed) {
    Inputs inputs = Inputs.of(new Random(seed));
    BatchGate.Verdict found = inputs.judge();
    long fragile = found.judgements().stream().filter(Judgement::fragile).count();
    assertThat(found.n()).isEqualTo(inputs.signals().size() + inputs.rejected());
    assertThat(found.k()).isEqualTo((int) fragile + inputs.rejected());
    if (found.held()) {
      assertThat(routes(found)).containsOnly(Route.HELD);
    }
  }

  private static double clip(double p) {
    return Math.min(Logistic.sigmoid(12), Math.max(Logistic.sigmoid(-12), p));
  }

  private static Signals flags(Signals old, FlagSignals flags) {
    return new Signals(
        old.id(), flags, old.missingCount(), old.imputedCount(), old.score(), old.promotion());
  }

  private static Policy fragile(Policy policy, Policy.Fragile fragile) {
    return Tightening.with(policy, policy.accept(), fragile, policy.hold());
  }

  /** One way to make a policy stricter. */
  private interface Tightening {
    Policy tighten(Policy policy, Random random);

    static Policy with(Policy p, Policy.Accept accept, Policy.Fragile fragile, Policy.Hold hold) {
      return new Policy(
          p.semantics(),
          p.scope(),
          p.flags(),
          accept,
          fragile,
          p.thinSlice(),
          p.caps(),
          p.variance(),
          hold,
          p.canaries(),
          p.auditSample(),
          p.promotion());
    }

    static Policy accept(Policy p, double ifTrue, double ifFalse, double width, double confidence) {
      return with(p, new Policy.Accept(ifTrue, ifFalse, width, confidence), p.fragile(), p.hold());
    }

    static Policy limits(Policy p, Limits limits) {
      Policy.Fragile f = p.fragile();
      return with(
          p,
          p.accept(),
          new Policy.Fragile(
              f.union(),
              f.unknownCounts(),
              f.consensusAlways(),
              f.smallBatch(),
              limits,
              f.slices()),
          p.hold());
    }

    static Policy hold(Policy p, int recordsMin, double fraction, double alpha) {
      return with(
          p,
          p.accept(),
          p.fragile(),
          new Policy.Hold(p.hold().mode(), recordsMin, fraction, alpha, p.hold().referenceRate()));
    }

    List<Tightening> ALL = List.of(
        (p, r) -> accept(
            p,
            p.accept().ifTrue() + r.nextDouble() / 9,
            p.accept().ifFalse(),
            p.accept().width(),
            p.accept().confidence()),
        (p, r) -> accept(
            p,
            p.accept().ifTrue(),
            p.accept().ifFalse() * r.nextDouble(),
            p.accept().width(),
            p.accept().confidence()),
        (p, r) -> accept(
            p,
            p.accept().ifTrue(),
            p.accept().ifFalse(),
            p.accept().width() * r.nextDouble(),
            p.accept().confidence()),
        (p, r) -> accept(
            p,
            p.accept().ifTrue(),
            p.accept().ifFalse(),
            p.accept().width(),
            p.accept().confidence() + r.nextDouble() / 3),
        (p, r) -> limits(
            p,
            p.fragile()
                .limits()
                .strictest(new Limits(
                    r.nextDouble() / 9, r.nextDouble(), r.nextDouble() / 3, r.nextDouble()))),
        (p, r) -> with(
            p,
            p.accept(),
            new Policy.Fragile(
                p.fragile().union(),
                p.fragile().unknownCounts(),
                true,
                p.fragile().smallBatch(),
                p.fragile().limits(),
                p.fragile().slices()),
            p.hold()),
        (p, r) -> with(
            p,
            p.accept(),
            new Policy.Fragile(
                p.fragile().union(),
                p.fragile().unknownCounts(),
                p.fragile().consensusAlways(),
                p.fragile().smallBatch() + r.nextInt(5),
                p.fragile().limits(),
                p.fragile().slices()),
            p.hold()),
        (p, r) -> {
          Set<String> union = new java.util.LinkedHashSet<>(p.fragile().union());
          union.add(Inputs.FLAGS.names(-1).get(r.nextInt(Inputs.FLAGS.size())));
          return with(
              p,
              p.accept(),
              new Policy.Fragile(
                  List.copyOf(union),
                  p.fragile().unknownCounts(),
                  p.fragile().consensusAlways(),
                  p.fragile().smallBatch(),
                  p.fragile().limits(),
                  p.fragile().slices()),
              p.hold());
        },
        (p, r) -> new Policy(
            p.semantics(),
            p.scope(),
            p.flags(),
            p.accept(),
            p.fragile(),
            new Policy.ThinSlice(p.thinSlice().recordsMin() + r.nextInt(50)),
            p.caps(),
            p.variance(),
            p.hold(),
            p.canaries(),
            p.auditSample(),
            p.promotion()),
        (p, r) -> hold(p, 1, p.hold().fraction(), p.hold().alpha()),
        (p, r) -> hold(
            p,
            p.hold().recordsMin(),
            p.hold().fraction() * r.nextDouble(),
            p.hold().alpha()),
        (p, r) -> hold(
            p, p.hold().recordsMin(), p.hold().fraction(), p.hold().alpha() + r.nextDouble() / 3));
  }
}
