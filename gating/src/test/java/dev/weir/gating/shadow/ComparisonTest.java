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

  private static PolicyFile steady(String old, String replacement) {
    String text = PolicyFile.shippedText("passenger/steady");
    assertThat(text).contains(old);
    return PolicyFile.read("p", text.replace(old, replacement), TinyBundle.DEFINITION);
  }

  /* A sleeper with all that is known, whom the model is sure of. */
  private static Batch sleeper() {
    return TinyGate.batch(
        List.of(TinyBundle.passenger("a", Map.of("CryoSleep", true, "Spa", 0.0))), 0);
  }

  /* Without any contribution the margin is the bias alone, and the bias speaks for false. */
  @Test
  void and_otherClass_isCountedOnceAsReclassified() {
    PolicyFile bare =
        steady("scope: fragile, perSourceLogit: 0.60", "scope: all, perSourceLogit: 0");
    PolicyFile whole =
        steady("scope: fragile, perSourceLogit: 0.60", "scope: none, perSourceLogit: 0");

    Comparison found = Comparison.NONE.and(decide(whole, sleeper()), decide(bare, sleeper()));

    assertThat(found.reclassified()).isEqualTo(1);
    assertThat(found.differing()).isEqualTo(1);
    assertThat(Comparison.NONE.and(decide(whole, sleeper()), decide(whole, sleeper())))
        .isEqualTo(new Comparison(1, found.active(), found.active(), Map.of(), 0, 0));
  }

  @Test
  void differences_anotherRelease_namesBothSides() {
    PolicyFile stopped = steady("true: 0.80", "true: 1");

    List<ShadowDifference> found = Comparison.differences(
        decide(steady("true: 0.80", "true: 0.5"), unsure()),
        release(stopped),
        Controls.NONE,
        unsure(),
        BOOK);

    assertThat(found).singleElement().satisfies(one -> {
      assertThat(one.recordId()).isEqualTo("a");
      assertThat(one.active().route()).isEqualTo(Route.AUTO_ACCEPT);
      assertThat(one.shadow().route()).isEqualTo(Route.PRIORITY_AUDIT);
      assertThat(one.shadow().reasons()).containsExactly(Reason.MARGIN_LOW);
      assertThat(one.masked()).isEmpty();
    });
  }

  /* Awake, on a deck that training knows, spending a little: no slice, and no class that is sure. */
  private static Batch unsure() {
    return TinyGate.batch(
        List.of(TinyBundle.passenger("a", Map.of("CryoSleep", true, "Spa", 60.0))), 0);
  }

  @Test
  void and_sameRouteForOtherReasons_differsAndMovesNothing() {
    PolicyFile wide =
        steady("true: 0.80, false: 0.20, width: 0.60", "true: 0.5, false: 0.5, width: 0");
    PolicyFile both = steady("true: 0.80, false: 0.20, width: 0.60", "true: 1, false: 0, width: 0");

    Comparison found = Comparison.NONE.and(decide(wide, unsure()), decide(both, unsure()));

    assertThat(found.differing()).isEqualTo(1);
    assertThat(found.moved()).isZero();
    assertThat(found.moves()).isEmpty();
    assertThat(found.reasons()).containsExactly(Reason.MARGIN_LOW, Reason.INTERVAL_WIDE);
  }

  @Test
  void auditLoad_ofAcceptedRecords_isThoseReviewedBlind() {
    PolicyFile lax = steady("true: 0.80, false: 0.20", "true: 0.5, false: 0.5");
    Gate.Outcome accepted = decide(lax, unsure());
    PolicyFile laxSampled = PolicyFile.read(
        "p",
        PolicyFile.shippedText("passenger/steady")
            .replace("true: 0.80, false: 0.20", "true: 0.5, false: 0.5")
            .replace("rate: 0, slices: {}, key: null", "rate: 1, slices: {}, key: demo"),
        TinyBundle.DEFINITION);

    Comparison found = Comparison.NONE
        .and(accepted, decide(laxSampled, unsure()))
        .and(accepted, decide(laxSampled, unsure()));

    assertThat(found.active().count(Route.AUTO_ACCEPT)).isEqualTo(2);
    assertThat(found.active().auditLoad()).isZero();
    assertThat(found.shadow().auditLoad()).isEqualTo(2);
    assertThat(found.shadow().blind()).isEqualTo(2);
    assertThat(found.active().reasons()).containsExactly(Map.entry(Reason.NORMAL, 2));
  }

  @Test
  void differences_outcomesOfTwoBatches_areRefused() {
    Batch one = TinyGate.batch(List.of(TinyBundle.passenger("a", Map.of())), 0);
    Batch none = TinyGate.batch(List.of(), 1);

    assertThatThrownBy(() -> Comparison.differences(decide(HOTFIX, one), decide(HOTFIX, none)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
