package dev.weir.gating.verify;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.MerkleTree;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verifying recomputes what decisions say, and notices every change. */
class VerifierTest {
  static final PolicyFile POLICY = TinyGate.policy("steady");
  static final Controls CONTROLS =
      new Controls(OptionalLong.of(9), Set.of(Controls.Kind.PAUSE), Set.of("a"));

  /* What a decision carries from outside: nothing that verifying could recompute it from. */
  private static final String INPUTS =
      "/(raw/.*|eventTime|batchTime|source/.*|batchId|batchPart|closeReason|controls/.*"
          + "|release/(scope|version|epoch|book))";

  static List<RawRecord> passengers() {
    Map<String, Object> gaps = new HashMap<>();
    gaps.put("Cabin", null);
    gaps.put("Age", null);
    gaps.put("HomePlanet", "Pluto");
    return List.of(
        passenger("a", Map.of("CryoSleep", true, "Spa", 0.0)),
        passenger("b", gaps),
        passenger("c", Map.of("Spa", 900.0, "VRDeck", 8000.0), "VRDeck", "Destination"),
        passenger("d", Map.of("Spa", 600.0, "RoomService", 700.0, "FoodCourt", 30.0)));
  }

  static List<ObjectNode> decisions() {
    return TinyGate.json(POLICY, CONTROLS, TinyGate.batch(passengers(), 1));
  }

  static Verification verify(List<ObjectNode> decisions) {
    return Verifier.verify(TinyGate.gate(POLICY), POLICY.fingerprint(), decisions);
  }

  @Test
  void verify_whatTheGateDecided_isClean() {
    for (String name : List.of("hotfix", "steady", "baseline", "guarded")) {
      PolicyFile policy = TinyGate.policy(name);
      List<ObjectNode> decisions =
          TinyGate.json(policy, Controls.NONE, TinyGate.batch(passengers(), 2));
      Verification found = Verifier.verify(TinyGate.gate(policy), policy.fingerprint(), decisions);
      assertThat(found.differences()).as(name).isEmpty();
      assertThat(found.isClean()).as(name).isTrue();
      assertThat(found.decisions()).isEqualTo(4);
      assertThat(found.batches()).isEqualTo(1);
    }
    assertThat(verify(decisions()).differences()).isEmpty();
  }

  @Test
  void verify_unseenCategoryImputedUpstream_isClean() {
    List<ObjectNode> decisions = TinyGate.json(
        POLICY,
        Controls.NONE,
        TinyGate.batch(
            List.of(
                passenger("a", Map.of("HomePlanet", "Pluto"), "HomePlanet"),
                passenger("b", Map.of("Cabin", "Z/1/Y"), "Cabin")),
            0));
    assertThat(verify(decisions).differences()).isEmpty();
  }

  @Test
  void verify_anyChangedLeaf_breaksTheSeal() {
    for (String pointer : leaves(decisions().get(1), "")) {
      List<ObjectNode> decisions = decisions();
      change(decisions.get(1), pointer);
      assertThat(Seal.isIntact(decisions.get(1)))
          .as(pointer)
          .isEqualTo(pointer.equals("/batchSeal"));
      assertThat(verify(decisions).isClean()).as(pointer).isFalse();
    }
  }

  @Test
  void verify_anyRecomputableLeafChangedAndSealedAgain_isNoticed() {
    for (int record = 0; record < passengers().size(); record++) {
      for (String pointer : leaves(decisions().get(record), "")) {
        if (pointer.matches(INPUTS) || pointer.matches("/(seal|batchSeal)")) {
          continue;
        }
        List<ObjectNode> decisions = decisions();
        ObjectNode changed = decisions.get(record);
        change(changed, pointer);
        reseal(decisions);
        assertThat(verify(decisions).isClean()).as(record + pointer).isFalse();
      }
    }
  }

  @Test
  void verify_rawValueChangedAndSealedAgain_isNoticedByWhatFollows() {
    List<ObjectNode> decisions = decisions();
    ((ObjectNode) decisions.get(0).path("raw")).put("Spa", 70.0);
    reseal(decisions);
    assertThat(verify(decisions).differences())
        .extracting(Verification.Difference::path)
        .contains("topology.sumRawSpend", "score.margin");
  }

  @Test
  void verify_batchWideValueChangedInOneDecision_isNoticed() {
    for (String pointer : List.of("/release/epoch", "/release/book", "/controls/offset")) {
      List<ObjectNode> decisions = decisions();
      change(decisions.get(2), pointer);
      reseal(decisions);
      assertThat(verify(decisions).isClean()).as(pointer).isFalse();
    }
  }

  @Test
  void verify_oneDecisionChangedAndSealedAlone_breaksTheBatchSeal() {
    List<ObjectNode> decisions = decisions();
    decisions.get(0).put("eventTime", 900);
    decisions.get(0).put(Seal.SEAL, Seal.of(decisions.get(0)).hex());
    assertThat(verify(decisions).differences())
        .extracting(Verification.Difference::path)
        .containsOnly("batchSeal");
  }

  @Test
  void verify_decisionsInAnotherOrder_isClean() {
    List<ObjectNode> decisions = new ArrayList<>(decisions());
    java.util.Collections.reverse(decisions);
    assertThat(verify(decisions).differences()).isEmpty();
  }

  @Test
  void verify_batchTimeBeforeARecords_isNoticed() {
    List<ObjectNode> decisions = decisions();
    decisions.forEach(decision -> decision.put("batchTime", 1_001));
    reseal(decisions);
    assertThat(verify(decisions).differences())
        .extracting(Verification.Difference::path)
        .containsExactly("batchTime");
  }

  /* The largest timestamp of the four records is 1,003; only a rejected one may have come later. */
  @Test
  void verify_batchTimeAfterTheRecords_isNoticedUnlessOneWasRejected() {
    List<ObjectNode> rejecting = decisions();
    rejecting.forEach(decision -> decision.put("batchTime", 1_009));
    reseal(rejecting);
    List<ObjectNode> whole = TinyGate.json(POLICY, CONTROLS, TinyGate.batch(passengers(), 0));
    assertThat(verify(whole).isClean()).isTrue();
    whole.forEach(decision -> decision.put("batchTime", 1_009));
    reseal(whole);

    assertThat(verify(rejecting).isClean()).isTrue();
    assertThat(verify(whole).differences())
        .containsExactly(new Verification.Difference("b1#100", "batchTime", "1009", "1003"));
  }

  @Test
  void verify_fieldTakenAway_isNoticedWithRecordAndPath() {
    List<ObjectNode> decisions = decisions();
    decisions.get(1).remove("fragile");
    reseal(decisions);

    assertThat(verify(decisions).differences())
        .containsExactly(new Verification.Difference("b", "fragile", "(absent)", "true"));
    assertThat(verify(decisions).differences().get(0))
        .hasToString("b: fragile is (absent), recomputed true");
  }

  @Test
  void verify_unknownFieldAdded_isNoticed() {
    List<ObjectNode> decisions = decisions();
    decisions.get(0).put("remark", "fine");
    reseal(decisions);
    assertThat(verify(decisions).differences())
        .extracting(Verification.Difference::path)
        .containsExactly("remark");
  }

  @Test
  void verify_incompletePart_isReported() {
    assertThat(verify(decisions().subList(0, 3)).differences())
        .containsExactly(new Verification.Difference(
            "b1#100", "batchSize", "5", "4 (decisions given and rejected records)"));
  }

  @Test
  void verify_oneDecisionTwiceAndSealedAgain_isReportedAsSuchAlone() {
    List<ObjectNode> decisions = new ArrayList<>(decisions());
    decisions.set(1, decisions.get(0).deepCopy());
    reseal(decisions);

    assertThat(verify(decisions).differences())
        .extracting(Verification.Difference::record, Verification.Difference::path)
        .containsExactly(tuple("a", "source"));
  }

  @Test
  void verify_oneDecisionTwiceInPlaceOfAnother_isReported() {
    List<ObjectNode> decisions = new ArrayList<>(decisions());
    decisions.set(1, decisions.get(0).deepCopy());
    assertThat(verify(decisions).isClean()).isFalse();
    decisions = new ArrayList<>(decisions());
    decisions.set(3, decisions.get(1).deepCopy());
    assertThat(verify(decisions).isClean()).isFalse();
  }

  @Test
  void verify_partsOfOneBatch_areVerifiedApart() {
    List<ObjectNode> all = new ArrayList<>(decisions());
    all.addAll(TinyGate.json(
        POLICY,
        Controls.NONE,
        new dev.weir.gating.gate.Batch(
            "b1",
            200,
            dev.weir.gating.decision.CloseReason.AGE,
            TinyGate.batch(passengers(), 0).records(),
            0,
            1_003)));
    Verification found = verify(all);
    assertThat(found.batches()).isEqualTo(2);
    assertThat(found.differences()).isEmpty();
  }

  @Test
  void verify_rawValuesOutsideTheDomain_areReportedNotThrown() {
    List<ObjectNode> decisions = decisions();
    ((ObjectNode) decisions.get(0).path("raw")).put("Spa", "much");
    assertThat(verify(decisions).isClean()).isFalse();
  }

  private static ObjectNode fault(ObjectNode decision) {
    decision.put("route", "PRIORITY_AUDIT");
    decision.putArray("reasons").add("ENGINE_FAULT");
    return decision.putNull("score").putNull(Seal.SEAL).putNull(Seal.BATCH_SEAL);
  }

  @Test
  void verify_partOfAnEngineFault_isUncheckedAndNoDifference() {
    List<ObjectNode> decisions = decisions();
    decisions.forEach(VerifierTest::fault);

    Verification found = verify(decisions);

    assertThat(found.differences()).isEmpty();
    assertThat(found.faults()).isEqualTo(4);
    assertThat(found.unchecked())
        .containsExactly("b1#100: an engine fault; nothing was decided or sealed");
    assertThat(found.isClean()).isFalse();
  }

  @Test
  void verify_oneDecisionMadeAFault_isNoticed() {
    List<ObjectNode> decisions = decisions();
    fault(decisions.get(0));

    assertThat(verify(decisions).differences()).isNotEmpty();
  }

  @Test
  void verify_noNames_areReportedNotThrown() {
    ObjectNode empty = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    assertThat(verify(List.of(empty)).isClean()).isFalse();
  }

  /** What somebody would do who can compute seals as well as we can. */
  private static void reseal(List<ObjectNode> decisions) {
    List<Fingerprint> seals = decisions.stream().map(Seal::of).toList();
    for (int i = 0; i < seals.size(); i++) {
      decisions.get(i).put(Seal.SEAL, seals.get(i).hex());
      decisions.get(i).put(Seal.BATCH_SEAL, MerkleTree.root(seals).hex());
    }
  }

  /** JSON pointers of all leaves; empty lists and maps are leaves too. */
  private static List<String> leaves(JsonNode node, String pointer) {
    List<String> leaves = new ArrayList<>();
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(e -> leaves.addAll(leaves(e.getValue(), pointer + "/" + e.getKey())));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        leaves.addAll(leaves(node.get(i), pointer + "/" + i));
      }
    } else {
      leaves.add(pointer);
    }
    return leaves;
  }

  private static void change(ObjectNode decision, String pointer) {
    JsonNode old = decision.at(pointer);
    JsonNode changed;
    if (old.isNumber()) {
      double value = old.doubleValue();
      changed = DoubleNode.valueOf(value == Math.rint(value) ? value + 1 : Math.nextUp(value));
    } else if (old.isBoolean()) {
      changed = BooleanNode.valueOf(!old.booleanValue());
    } else {
      changed = TextNode.valueOf(old.isTextual() ? old.textValue() + "x" : "x");
    }
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = decision.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), changed);
    } else {
      ((ObjectNode) parent).set(name, changed);
    }
  }
}
