package dev.weir.gating.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.TinyBatches;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final PolicyFile HOTFIX = TinyGate.policy("hotfix");
  private static final PolicyFile BASELINE = TinyGate.policy("baseline");
  private static final OptionalLong BOOK = OptionalLong.of(5);

  private static Release release(PolicyFile file) {
    return Release.offline(file.fingerprint(), TinyGate.gate(file));
  }

  private static Gate.Outcome decide(PolicyFile file, Batch batch) {
    return TinyGate.decide(file, Controls.NONE, batch);
  }

  private static List<String> json(Gate.Outcome outcome) {
    return outcome.decisions().stream()
        .map(d -> DecisionJson.content(d).toString())
        .toList();
  }

  @Property
  void differences_anyBatch_changeNoActiveDecision(@ForAll long seed) {
    Batch batch = TinyBatches.of(seed);
    Gate.Outcome alone = decide(HOTFIX, batch);
    Gate.Outcome active = decide(HOTFIX, batch);

    List<ShadowDifference> differences =
        Comparison.differences(active, release(BASELINE), Controls.NONE, batch, BOOK);

    assertThat(json(active)).isEqualTo(json(alone));
    assertThat(active.hold()).isEqualTo(alone.hold());
    assertThat(active.alerts()).isEqualTo(alone.alerts());
    assertThat(differences).allSatisfy(one -> {
      assertThat(one.active().release().policy()).isEqualTo(HOTFIX.fingerprint());
      assertThat(one.shadow().release().policy()).isEqualTo(BASELINE.fingerprint());
      assertThat(one.active().decidesLike(one.shadow())).isFalse();
    });
  }

  @Property
  void differences_samePolicy_areNone(@ForAll long seed) {
    Batch batch = TinyBatches.of(seed);

    assertThat(Comparison.differences(
            decide(BASELINE, batch), release(BASELINE), Controls.NONE, batch, BOOK))
        .isEmpty();
  }

  @Test
  void and_twoBatches_addsUp() {
    // Hotfix holds both batches; baseline holds no batch below 11 records.
    Batch one = TinyGate.batch(
        List.of(TinyBundle.passenger("a", Map.of("HomePlanet", "Pluto", "CryoSleep", true))), 0);
    Batch two = TinyGate.batch(
        List.of(
            TinyBundle.passenger("b", Map.of("Spa", 20.0)),
            TinyBundle.passenger("c", Map.of("VRDeck", 9_999.0, "Spa", 0.0))),
        0);

    Comparison found = Comparison.NONE
        .and(decide(HOTFIX, one), decide(BASELINE, one))
        .and(decide(HOTFIX, two), decide(BASELINE, two));

    assertThat(found.records()).isEqualTo(3);
    for (Route from : Route.values()) {
      long left = 0;
      for (Route to : Route.values()) {
        left += found.moved(from, to) - found.moved(to, from);
      }
      assertThat(found.active().count(from) - found.shadow().count(from)).isEqualTo((int) left);
    }
    assertThat(found.moved()).isBetween(1L, found.differing());
    assertThat(found.moved(Route.HELD, Route.HELD)).isZero();
    assertThat(found.reclassified()).isLessThanOrEqualTo(found.differing());
    assertThat(found.shadow().count(Route.HELD)).isZero();
    assertThat(found.active().count(Route.HELD)).isPositive();
    assertThat(found.active().reasons().get(Reason.BATCH_HELD))
        .isEqualTo(found.active().count(Route.HELD));
    assertThat(found.active().auditLoad())
        .isEqualTo(3 - found.active().count(Route.AUTO_ACCEPT) + found.active().blind());
  }

  @Test
  void differences_outcomesOfTwoBatches_areRefused() {
    Batch one = TinyGate.batch(List.of(TinyBundle.passenger("a", Map.of())), 0);
    Batch none = TinyGate.batch(List.of(), 1);

    assertThatThrownBy(() -> Comparison.differences(decide(HOTFIX, one), decide(HOTFIX, none)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
