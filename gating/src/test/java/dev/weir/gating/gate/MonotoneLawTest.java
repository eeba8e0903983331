package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The monotone law of gate.md §11 over gate inputs. */
class MonotoneLawTest {
  /** A route and what it may move to: accept, then audit, then hold. */
  static List<Route> routes(BatchGate.Verdict verdict) {
    return verdict.judgements().stream()
        .map(judgement -> verdict.held() ? Route.HELD : judgement.route())
        .toList();
  }

  static void assertNoLooser(Inputs before, Inputs after) {
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
    Inputs counting = inputs.with(Tightening.fragile(
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

  private static Signals flags(Signals old, FlagSignals flags) {
    return new Signals(
        old.id(), flags, old.missingCount(), old.imputedCount(), old.score(), old.promotion());
  }
}
