package dev.weir.gating.explain;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
  private static final PolicyFile BASELINE = TinyGate.policy("baseline");

  private static RecordedPart part(PolicyFile policy, Controls controls, RawRecord... records) {
    Batch batch = TinyGate.batch(List.of(records), 0);
    return RecordedPart.of(
        TinyGate.BUNDLE.definition().domain(), TinyGate.json(policy, controls, batch));
  }

  private static Explainer explainer(String... changeable) {
    return new Explainer(TinyGate.gate(BASELINE), BASELINE.fingerprint(), Set.of(changeable));
  }

  private static RawRecord unsure() {
    Map<String, Object> values = new HashMap<>();
    values.put("Cabin", null);
    values.put("HomePlanet", "Pluto");
    return passenger("0007_01", values);
  }

  private static String explained(RawRecord record, String... changeable) {
    return explainer(changeable)
        .explain(part(BASELINE, Controls.NONE, record), record.id())
        .text();
  }

  @Test
  void explain_audited_saysWhatWasSeenAndMissing() {
    assertThat(explained(unsure()))
        .containsPattern("^0007_01 went to priority audit, predicted (true|false) with probability"
            + " 0\\.\\d{3}: batch b1 \\(1 record\\), release ")
        .contains("HomePlanet Pluto")
        .contains("missing: Cabin")
        .contains("filled in: Cabin.deck F (mode)")
        .contains("flags: missing_context, unknown_category")
        .contains("missing_count added 0.100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "hotfix", "steady", "guarded"})
  void explain_everyFinding_isNamed(String name) {
    PolicyFile policy = TinyGate.policy(name);
    RecordedPart part = part(policy, Controls.NONE, unsure());
    Decision decision = part.decideAgain(TinyGate.gate(policy), policy.fingerprint())
        .decisions()
        .get(0);

    String text = new Explainer(TinyGate.gate(policy), policy.fingerprint(), Set.of())
        .explain(part, "0007_01")
        .text();

    decision.judgement().reasons().forEach(reason -> assertThat(text).contains(reason + ": "));
  }

  @Test
  void explain_hotfix_saysByHowMuchEachCheckFailed() {
    PolicyFile hotfix = TinyGate.policy("hotfix");

    String text = new Explainer(TinyGate.gate(hotfix), hotfix.fingerprint(), Set.of())
        .explain(part(hotfix, Controls.NONE, unsure()), "0007_01")
        .text();

    assertThat(text)
        .startsWith("0007_01 is held with its batch")
        .containsPattern("MARGIN_LOW: probability 0\\.\\d{3} predicts false, which needs at most"
            + " 0\\.200: 0\\.\\d{3} short")
        .containsPattern(
            "INTERVAL_WIDE: the interval is 0\\.\\d{3} wide, at most 0\\.120 is allowed")
        .contains("BATCH_HELD: 1 of 1 records are fragile or invalid, 100.0 %; a batch is held from"
            + " 5.0 % on: 1 too many")
        .contains("What the record itself would have got\n  priority audit:\n  MARGIN_LOW: ")
        .contains("What would have passed, but for the hold");
  }

  /* P[Binomial(14, 1/2) >= 14] = 2^-14 = 6.10e-5 holds at 1e-4, and P[.. >= 13] = 15 * 2^-14 does not. */
  @Test
  void explain_heldByExcess_saysWhatIsExpectedAndHowManyAreTooMany() {
    PolicyFile policy = PolicyFile.read(
        "p.yaml",
        PolicyFile.shippedText("passenger/baseline")
            .replace("mode: excess,", "mode: excess, referenceRate: 0.5,"),
        TinyBundle.DEFINITION);
    List<RawRecord> records = new ArrayList<>(Collections.nCopies(13, unsure()));
    RecordedPart part = RecordedPart.of(
        TinyBundle.DEFINITION.domain(),
        TinyGate.json(policy, Controls.NONE, TinyGate.batch(records, 1)));

    String text = new Explainer(TinyGate.gate(policy), policy.fingerprint(), Set.of())
        .explain(part, "0007_01")
        .text();

    assertThat(text)
        .contains("BATCH_HELD: 14 of 14 records are fragile or invalid, where 7.00 are expected; by"
            + " chance so many come with probability 6.10e-05, and a batch is held at 0.000100 or"
            + " less: 1 too many")
        .contains("fragile by slice: missing_context 13, unknown_category 13, invalid 1")
        .contains("without the hold 0 of its records would have been accepted and 13 audited");
  }

  @Test
  void explain_heldUnderAPause_saysBoth() {
    PolicyFile hotfix = TinyGate.policy("hotfix");
    RecordedPart part = part(hotfix, Controls.NONE.and(Controls.Kind.PAUSE), unsure());

    String text = new Explainer(TinyGate.gate(hotfix), hotfix.fingerprint(), Set.of())
        .explain(part, "0007_01")
        .text();

    assertThat(text)
        .contains("BATCH_HELD: 1 of 1 records")
        .contains("priority audit:\n  PAUSED: acceptance is paused\n")
        .contains("but for the hold\n  no change of the record: PAUSED would stand");
  }

  @Test
  void explain_noChangePasses_saysWhatWasTriedAndWhatTheNearestLeaves() {
    PolicyFile hotfix = TinyGate.policy("hotfix");

    String text = new Explainer(TinyGate.gate(hotfix), hotfix.fingerprint(), Set.of())
        .explain(part(hotfix, Controls.NONE, unsure()), "0007_01")
        .text();

    assertThat(text)
        .containsPattern("no change of a single field: \\d+ values of 11 fields were tried\n"
            + "  nearest is Cabin known to be \\S+, which leaves\n    MARGIN_LOW: ");
  }

  /* Cabins of training are numbered 0 to 7, so the median that fills a missing one is 3.5. */
  @Test
  void explain_missingWholeNumber_isSuggestedWhole() {
    PolicyFile hotfix = TinyGate.policy("hotfix");

    String text = new Explainer(TinyGate.gate(hotfix), hotfix.fingerprint(), Set.of("Cabin"))
        .explain(part(hotfix, Controls.NONE, unsure()), "0007_01")
        .text();

    assertThat(text)
        .contains("filled in: Cabin.number 3.5 (median)")
        .containsPattern("Cabin known to be [FB]/3/[PS]");
  }

  @Test
  void explain_changesThatMeetNoCheckMore_saysSo() {
    assertThat(explained(unsure(), "Age")).endsWith("none of them meets one check more");
  }

  @Test
  void shapley_ofARecord_sumsToItsMargin() {
    Decision decision = TinyGate.decide(
            BASELINE, Controls.NONE, TinyGate.batch(List.of(unsure()), 0))
        .decisions()
        .get(0);

    double[] shapley = TinyGate.BUNDLE.shapley(decision.evidence());

    assertThat(Arrays.stream(shapley).sum() + decision.score().bias())
        .isCloseTo(decision.score().margin(), within(1e-5));
  }

  @Test
  void explain_suggestion_passesIndeed() {
    RecordedPart part = part(BASELINE, Controls.NONE, unsure());
    Decision decision = part.decideAgain(TinyGate.gate(BASELINE), BASELINE.fingerprint())
        .decisions()
        .get(0);

    List<String> changes = new NearMiss(
            TinyGate.gate(BASELINE), BASELINE.fingerprint(), Set.of("CryoSleep"))
        .smallestChanges(part, decision);

    assertThat(changes).singleElement().asString().startsWith("CryoSleep true for false");
    Map<String, Object> values = new HashMap<>();
    values.put("Cabin", null);
    values.put("HomePlanet", "Pluto");
    values.put("CryoSleep", true);
    assertThat(TinyGate.decide(
                BASELINE, Controls.NONE, TinyGate.batch(List.of(passenger("0007_01", values)), 0))
            .decisions()
            .get(0)
            .route())
        .isEqualTo(Route.AUTO_ACCEPT);
  }

  @Test
  void explain_changeableFields_areTheOnlyOnesChanged() {
    assertThat(explained(unsure(), "Age"))
        .containsPattern("no change of a single field: \\d+ values of 1 fields were tried");
  }

  @Test
  void explain_fieldThatIsNoEvidence_isRefused() {
    assertThatThrownBy(() -> explainer("PassengerId"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no evidence");
    assertThatThrownBy(() -> explainer("Shoes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no field 'Shoes'");
  }

  @Test
  void explain_recordOfAnotherBatch_isRefused() {
    assertThatThrownBy(
            () -> explainer().explain(part(BASELINE, Controls.NONE, unsure()), "0001_01"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no record 0001_01");
  }

  @ParameterizedTest
  @EnumSource(value = Controls.Kind.class, names = "BREAKER", mode = EnumSource.Mode.EXCLUDE)
  void explain_underAControl_saysThatNoChangeWouldHavePassed(Controls.Kind kind) {
    RecordedPart part = part(BASELINE, Controls.NONE.and(kind), unsure());

    assertThat(explainer().explain(part, "0007_01").text())
        .containsPattern("no change of the record: [A-Z_]+ would stand");
  }
}
