package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every judgement and every batch, whatever the policy (gate.md §7 to §9). */
class JudgementLawTest {
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
    return inputs.with(Tightening.fragile(
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
      assertThat(MonotoneLawTest.routes(found)).containsOnly(Route.HELD);
    }
  }

  private static double clip(double p) {
    return Math.min(Logistic.sigmoid(12), Math.max(Logistic.sigmoid(-12), p));
  }
}
