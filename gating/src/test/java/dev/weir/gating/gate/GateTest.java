package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Alert;
import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.BlindSample;
import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.domain.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a decided batch says beyond its records' judgements: holds, alerts, samples. */
class GateTest {
  /* Sleepers pass; nobody is ever sure enough to be accepted as false. */
  private static final String PLAIN = """
      semantics: 1
      scope: passenger
      accept: {true: 0.80, false: 0, width: 1}
      """;
  private static final String NOBODY_FRAGILE = "fragile: {union: [], "
      + "limits: {glmDifference: 1, agreement: 0, width: 1," + " confidence: 0}}\n";
  private static final String FRAGILE_BUT_TRUSTED = "fragile: {union: [missing_context,"
      + " super_dominant], limits: {glmDifference: 1, agreement: 0, width: 1, confidence: 0}}\n";
  private static final String NO_WIDENING = "variance: {kappa: {}}\ncaps: {scope: none}\n";
  private static final String NO_HOLD = "hold: {mode: absolute, recordsMin: 1000, fraction: 1}\n";

  private static PolicyFile policy(String... parts) {
    return PolicyFile.read("p", PLAIN + String.join("", parts), TinyBundle.DEFINITION);
  }

  private static RawRecord sleeper(String id) {
    return TinyBundle.passenger(id, Map.of("CryoSleep", true, "Spa", 0.0));
  }

  private static RawRecord sleeperWithoutCabin(String id) {
    Map<String, Object> values = new HashMap<>(Map.of("CryoSleep", true, "Spa", 0.0));
    values.put("Cabin", null);
    return TinyBundle.passenger(id, values);
  }

  private static RawRecord spender(String id) {
    return TinyBundle.passenger(id, Map.of("Spa", 300.0));
  }

  private static Gate.Outcome decide(PolicyFile policy, Controls controls, RawRecord... records) {
    return TinyGate.decide(policy, controls, TinyGate.batch(List.of(records), 0));
  }

  @Test
  void decide_heldBatch_acceptsNothingAndSamplesNothing() {
    Gate.Outcome outcome = TinyGate.decide(
        TinyGate.policy("hotfix"), Controls.NONE, TinyGate.batch(TinyBundle.records(), 0));

    assertThat(outcome.hold()).isPresent();
    assertThat(outcome.decisions())
        .allMatch(decision -> decision.route() == Route.HELD)
        .allMatch(decision -> decision.blind().isEmpty());
    assertThat(outcome.alerts()).isEmpty();
  }

  @Test
  void decide_acceptedUnderASampleOfAll_isReviewedBlind() {
    Gate.Outcome found = decide(
        policy(NOBODY_FRAGILE, NO_WIDENING, NO_HOLD, "auditSample: {rate: 1, key: demo}\n"),
        Controls.NONE,
        sleeper("a"),
        spender("b"));

    assertThat(found.decisions().get(0).route()).isEqualTo(Route.AUTO_ACCEPT);
    assertThat(found.decisions().get(0).blind()).contains(new BlindSample(1));
    assertThat(found.decisions().get(1).route()).isEqualTo(Route.PRIORITY_AUDIT);
    assertThat(found.decisions().get(1).blind()).isEmpty();
  }

  @Test
  void decide_heldBatch_saysWhatHeldItAndWhatIsInIt() {
    PolicyFile policy = policy(
        FRAGILE_BUT_TRUSTED, NO_WIDENING, "hold: {mode: absolute, recordsMin: 1, fraction: 0.5}\n");
    List<RawRecord> records =
        List.of(sleeperWithoutCabin("a"), sleeperWithoutCabin("b"), spender("c"));
    Gate.Outcome found = TinyGate.decide(policy, Controls.NONE, TinyGate.batch(records, 1));

    BatchHold hold = found.hold().orElseThrow();
    assertThat(hold.fragile()).isEqualTo(3);
    assertThat(hold.rule()).isEqualTo("fragile share >= 0.5");
    assertThat(hold.slices())
        .containsExactly(Map.entry("missing_context", 2), Map.entry("super_dominant", 0));
    assertThat(hold.recordRoutes())
        .containsExactly(Map.entry(Route.AUTO_ACCEPT, 2), Map.entry(Route.PRIORITY_AUDIT, 1));
    assertThat(found.decisions()).extracting(Decision::route).containsOnly(Route.HELD);
  }

  @Test
  void decide_batchThatIsNotHeld_hasNoHold() {
    assertThat(decide(policy(NOBODY_FRAGILE, NO_WIDENING, NO_HOLD), Controls.NONE, sleeper("a"))
            .hold())
        .isEmpty();
  }

  @Test
  void decide_excessHold_judgesByTheUnionsRateInTheReferenceRows() {
    // Of the bundle's 100 reference rows ten have the third flag.
    String flag = TinyBundle.DEFINITION.flags().names(0b100).get(0);
    PolicyFile policy = policy(
        "fragile: {union: [" + flag + "], limits: {glmDifference: 1, agreement: 0, width: 1,"
            + " confidence: 0}}\n",
        NO_WIDENING,
        "hold: {mode: excess, recordsMin: 1, alpha: 0.0001}\n");
    // P[Binomial(8, 0.1) >= 7] = 7.3e-7.
    Gate.Outcome found =
        TinyGate.decide(policy, Controls.NONE, TinyGate.batch(List.of(sleeper("a")), 7));

    assertThat(found.hold().orElseThrow().rule()).isEqualTo("P[Binomial(n, 0.1) >= k] <= 1.0E-4");
  }

  @Test
  void decide_excessHoldWithAGivenRate_judgesByIt() {
    PolicyFile policy = policy(
        NOBODY_FRAGILE,
        NO_WIDENING,
        "hold: {mode: excess, recordsMin: 1, alpha: 0.0001, referenceRate: 0.5}\n");
    // P[Binomial(8, 0.5) >= 7] = 9/256, and P[Binomial(21, 0.5) >= 20] = 22/2^21 = 1.05e-5.
    assertThat(TinyGate.decide(policy, Controls.NONE, TinyGate.batch(List.of(sleeper("a")), 7))
            .hold())
        .isEmpty();
    assertThat(TinyGate.decide(policy, Controls.NONE, TinyGate.batch(List.of(sleeper("a")), 20))
            .hold()
            .orElseThrow()
            .rule())
        .isEqualTo("P[Binomial(n, 0.5) >= k] <= 1.0E-4");
  }

  @Test
  void decide_canaryThatOnlyTheBlockKeptBack_alerts() {
    PolicyFile policy =
        policy(NOBODY_FRAGILE, NO_WIDENING, NO_HOLD, "canaries: {ids: [good, bad]}\n");
    Gate.Outcome found =
        decide(policy, Controls.NONE, sleeper("good"), spender("bad"), sleeper("other"));

    assertThat(found.alerts())
        .extracting(Alert::kind, Alert::subject)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Alert.Kind.CANARY_WOULD_ACCEPT, "good"));
  }

  @Test
  void decide_canaryThatWasAccepted_alerts() {
    PolicyFile policy = policy(
        NOBODY_FRAGILE, NO_WIDENING, NO_HOLD, "canaries: {block: false, ids: [good, bad]}\n");
    Gate.Outcome found =
        decide(policy, Controls.NONE, sleeper("good"), spender("bad"), sleeper("other"));

    assertThat(found.alerts())
        .extracting(Alert::kind, Alert::subject)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Alert.Kind.CANARY_ACCEPTED, "good"));
  }

  @Test
  void decide_canaryOfAHeldBatch_doesNotAlert() {
    PolicyFile policy = policy(
        NOBODY_FRAGILE,
        NO_WIDENING,
        "hold: {mode: absolute, recordsMin: 1, fraction: 0}\n",
        "canaries: {ids: [good]}\n");

    assertThat(decide(policy, Controls.NONE, sleeper("good")).alerts()).isEmpty();
  }

  @Test
  void decide_canaryThatAControlAdded_isBlockedLikeThePolicysOwn() {
    PolicyFile policy =
        policy(NOBODY_FRAGILE, NO_WIDENING, NO_HOLD, "canaries: {block: false, ids: []}\n");
    Controls added = new Controls(OptionalLong.empty(), Set.of(), Set.of("added"));
    List<Decision> found =
        decide(policy, added, sleeper("added"), sleeper("other")).decisions();

    assertThat(found.get(0).judgement().canary()).isTrue();
    assertThat(found.get(0).judgement().reasons()).containsExactly(Reason.CANARY_BLOCKED);
    assertThat(found.get(1).judgement().canary()).isFalse();
    assertThat(found.get(1).route()).isEqualTo(Route.AUTO_ACCEPT);
  }

  @Test
  void decide_auditSample_takesAcceptedRecordsAlone() {
    PolicyFile policy =
        policy(NOBODY_FRAGILE, NO_WIDENING, NO_HOLD, "auditSample: {rate: 1, key: demo}\n");
    List<Decision> found =
        decide(policy, Controls.NONE, sleeper("a"), spender("b")).decisions();

    assertThat(found.get(0).blind()).contains(new BlindSample(1));
    assertThat(found.get(1).blind()).isEmpty();
  }

  @Test
  void decide_severalHighChannels_dampsChannelsAndNothingElse() {
    PolicyFile policy = policy(
        "fragile: {union: [multi_high_spend], limits: {glmDifference: 1, agreement: 0,"
            + " width: 1, confidence: 0}}\nvariance: {kappa: {}}\n",
        "caps: {scope: all, perSourceLogit: 2.5, topSumLogit: 5, betaHigh: 0.5}\n",
        NO_HOLD);
    RawRecord record = TinyBundle.passenger("a", Map.of("Spa", 9000.0, "VRDeck", 9000.0));
    Decision found = decide(policy, Controls.NONE, record).decisions().get(0);

    double[] given = found.score().contributions();
    double[] capped = found.judgement().capped().orElseThrow().contributions();
    int spa = found.names().sources().indexOf("Spa");
    int planet = found.names().sources().indexOf("HomePlanet");
    assertThat(found.judgement().capCauses()).containsExactly(CapCause.BETA);
    assertThat(given[spa]).isNotZero();
    assertThat(capped[spa]).isEqualTo(0.5 * given[spa]);
    assertThat(capped[planet]).isEqualTo(given[planet]);
  }
}
