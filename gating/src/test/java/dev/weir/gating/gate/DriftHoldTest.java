package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBatches;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Route;
import dev.weir.gating.explain.Explainer;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.gating.verify.Verifier;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Repair;
import dev.weir.model.reference.DriftTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A batch that lies too far from training is held, and says why. */
class DriftHoldTest {
  private static final String REST = """
      semantics: 1
      scope: passenger
      accept: {true: 0.80, false: 0.20, width: 1}
      fragile: {union: [], limits: {glmDifference: 1, agreement: 0, width: 1, confidence: 0}}
      variance: {kappa: {}}
      caps: {scope: none}
      """;
  private static final PolicyFile WITHOUT =
      policy("hold: {mode: absolute, recordsMin: 1000, fraction: 1}\n");
  private static final PolicyFile WITH = policy("hold: {mode: absolute, recordsMin: 1000,"
      + " fraction: 1, drift: {falseAlarms: 0.005, recordsMin: 16}}\n");
  /* Of 16 records: asin √(k/16), where training has none. */
  private static final double ALL_OF_16 = Math.PI * 4 / Math.sqrt(1 + 16 / 10_000.0);

  private static PolicyFile policy(String hold) {
    return PolicyFile.read("p", REST + hold, TinyBundle.DEFINITION);
  }

  /** The training passengers, so often. */
  private static List<RawRecord> ordinary(int times) {
    List<RawRecord> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(TinyBundle.records());
    }
    return all;
  }

  private static List<RawRecord> withoutAge() {
    Repair repair = Repair.of(TinyBundle.DEFINITION.domain(), Set.of("Age"));
    return ordinary(2).stream().map(repair::apply).toList();
  }

  private static Gate.Outcome decide(PolicyFile policy, List<RawRecord> records) {
    return TinyGate.decide(policy, Controls.NONE, TinyGate.batch(records, 0));
  }

  private static List<ObjectNode> json(PolicyFile policy, List<RawRecord> records) {
    return TinyGate.json(policy, Controls.NONE, TinyGate.batch(records, 0));
  }

  @Test
  void decide_batchWithoutAges_isHeldForThat() {
    Gate.Outcome found = decide(WITH, withoutAge());

    BatchHold hold = found.hold().orElseThrow();
    assertThat(hold.batch().drift().orElseThrow())
        .isEqualTo(new DriftFinding(16, "missing(Age)", "Age", ALL_OF_16, 4));
    assertThat(hold.rule()).isEqualTo("drift: |z| of missing(Age) > 4.0");
    assertThat(found.decisions()).extracting(Decision::route).containsOnly(Route.HELD);
    assertThat(DecisionJson.write(hold).path("drift").path("field").asText()).isEqualTo("Age");
  }

  @Test
  void decide_twoFieldsAsFar_namesTheFirst() {
    Repair repair = Repair.of(TinyBundle.DEFINITION.domain(), Set.of("Age", "Destination"));

    Gate.Outcome found = decide(WITH, ordinary(2).stream().map(repair::apply).toList());

    assertThat(found.hold().orElseThrow().batch().drift().orElseThrow())
        .isEqualTo(new DriftFinding(16, "missing(Destination)", "Destination", ALL_OF_16, 4));
  }

  @Test
  void decide_batchLikeTraining_isNotHeldAndSaysHowFarItIs() {
    Gate.Outcome found = decide(WITH, ordinary(2));

    assertThat(found.hold()).isEmpty();
    assertThat(found.decisions().get(0).batch().drift().orElseThrow().z()).isBetween(-1e-6, 1e-6);
  }

  @Test
  void decide_batchBelowTheSmallest_isNotCompared() {
    Gate.Outcome found = decide(WITH, withoutAge().subList(0, 15));

    assertThat(found.hold()).isEmpty();
    assertThat(found.decisions().get(0).batch().drift()).isEmpty();
    assertThat(json(WITH, withoutAge().subList(0, 15)).get(0).has("drift")).isFalse();
  }

  @Test
  void decide_policyWithoutDrift_saysNothingOfIt() {
    assertThat(json(WITHOUT, withoutAge()).get(0).has("drift")).isFalse();
    assertThat(decide(WITHOUT, withoutAge()).hold()).isEmpty();
  }

  @Test
  void verify_heldBatch_recomputesItsDrift() {
    List<ObjectNode> decisions = json(WITH, withoutAge());
    assertThat(
            Verifier.verify(TinyGate.gate(WITH), WITH.fingerprint(), decisions).differences())
        .isEmpty();

    decisions.forEach(decision -> ((ObjectNode) decision.path("drift")).put("z", 1.0));
    assertThat(
            Verifier.verify(TinyGate.gate(WITH), WITH.fingerprint(), decisions).differences())
        .anyMatch(difference -> difference.path().equals("drift.z"));
  }

  @Test
  void explain_heldBatch_namesStatisticFieldAndDistance() {
    RecordedPart part = RecordedPart.of(TinyBundle.DEFINITION.domain(), json(WITH, withoutAge()));
    String text = new Explainer(TinyGate.gate(WITH), WITH.fingerprint(), Set.of())
        .explain(part, "0003")
        .text();
    assertThat(text)
        .contains(
            "BATCH_HELD: the batch has drifted: of 16 records, missing(Age) of Age is farthest"
                + " from training, at +12.56 standard deviations; 4.00 are allowed: 8.56 too far")
        .contains("without the hold 16 of its records would have been accepted and 0 audited")
        .contains("What the record itself would have got\n  acceptance:\n  NORMAL: ")
        .doesNotContain("What would have passed");
  }

  @Test
  void explain_batchLikeTraining_saysHowFarItIs() {
    RecordedPart part = RecordedPart.of(TinyBundle.DEFINITION.domain(), json(WITH, ordinary(2)));
    String text = new Explainer(TinyGate.gate(WITH), WITH.fingerprint(), Set.of())
        .explain(part, "0003")
        .text();
    assertThat(text)
        .contains("the batch looks like training: of 16 records, ")
        .doesNotContain("BATCH_HELD");
  }

  @Test
  void gate_smallerThanTheBundleKnows_isRefused() {
    PolicyFile policy =
        policy("hold: {mode: absolute, recordsMin: 1000, fraction: 1, drift: {recordsMin: 10}}\n");
    assertThat(TinyGate.gate(policy)).isNotNull();
    assertThatThrownBy(() -> new DriftCheck(
            policy.policy().hold().drift().orElseThrow(),
            DriftTable.none(TinyGate.BUNDLE.reference().drift().statistics())))
        .hasMessageContaining("hold.drift needs what the bundle does not have");
  }

  @Property
  void decide_withDriftRule_onlyTightens(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
    List<RawRecord> records = TinyBatches.passengers(new Random(seed), size);
    List<Decision> before = decide(WITHOUT, records).decisions();
    List<Decision> after = decide(WITH, records).decisions();
    for (int i = 0; i < size; i++) {
      assertThat(after.get(i).judgement().route())
          .isEqualTo(before.get(i).judgement().route());
      assertThat(after.get(i).route()).isIn(before.get(i).route(), Route.HELD);
    }
  }

  @Property
  void drift_anyOrderOfRecords_isTheSameToTheBit(
      @ForAll long seed, @ForAll @IntRange(min = 16, max = 40) int size) {
    List<RawRecord> records = TinyBatches.passengers(new Random(seed), size);
    List<RawRecord> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(seed));
    BatchGate gate = BatchGate.of(WITH.policy(), TinyGate.BUNDLE);
    assertThat(gate.drift(shuffled)).isEqualTo(gate.drift(records)).isPresent();
  }
}
