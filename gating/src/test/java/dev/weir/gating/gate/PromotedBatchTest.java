package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Promotion;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.verify.Verifier;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flips of a batch meet the record gate like everybody else, and the breaker besides. */
class PromotedBatchTest {
  private static final String PROMOTION = """
      promotion:
        flagged: {probability: 0.6}
        candidates: {gates: {Age: {min: 18}}}
        flips: {share: 0.5, max: 9}
        slow: {flips: 3, ratio: 0.1, windowHours: 336}
      """;
  private static final PolicyFile POLICY = policy("");

  /* Nobody fragile, nothing held: what is left is promotion and the normal checks. */
  private static PolicyFile policy(String canaries) {
    return PolicyFile.read("p", """
        semantics: 1
        scope: passenger
        accept: {true: 0.80, false: 0.20, width: 1}
        fragile: {union: [], limits: {glmDifference: 1, agreement: 0, width: 1, confidence: 0}}
        variance: {kappa: {}}
        hold: {mode: absolute, recordsMin: 1, fraction: 1}
        canaries: {ids: [%s]}
        """.formatted(canaries) + PROMOTION, TinyBundle.DEFINITION);
  }

  /* Sleepers are predicted true with p near 1, the others false. */
  private static Batch batch() {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      records.add(
          TinyBundle.passenger("s" + i, Map.of("CryoSleep", true, "Spa", 0.0, "Age", 20 + i)));
    }
    records.add(TinyBundle.passenger("spender", Map.of("Spa", 300.0)));
    return TinyGate.batch(records, 0);
  }

  private static List<Decision> decide(PolicyFile policy, Controls controls) {
    return TinyGate.decide(policy, controls, batch()).decisions();
  }

  private static boolean isFlip(Decision decision) {
    return decision.judgement().promotion().orElseThrow().flip();
  }

  @Test
  void decide_closedBatch_promotesItsShare() {
    List<Decision> found = decide(POLICY, Controls.NONE);

    // Four sleepers are flagged and candidates; half of them flip, the first ids at equal p.
    assertThat(found)
        .filteredOn(PromotedBatchTest::isFlip)
        .extracting(Decision::recordId)
        .containsExactly("s0", "s1");
    assertThat(found.get(4).judgement().promotion().orElseThrow().flagged()).isFalse();
    assertThat(found)
        .allSatisfy(decision -> assertThat(
                decision.judgement().promotion().orElseThrow().counts())
            .isEqualTo(new Promotion.Counts(4, 4, 2)));
    assertThat(found)
        .filteredOn(PromotedBatchTest::isFlip)
        .extracting(Decision::route)
        .containsOnly(Route.AUTO_ACCEPT);
  }

  @Test
  void decide_breakerOpen_auditsFlipsAndNobodyElse() {
    List<Decision> closed = decide(POLICY, Controls.NONE);
    List<Decision> open = decide(POLICY, Controls.NONE.and(Controls.Kind.BREAKER));

    for (int i = 0; i < open.size(); i++) {
      if (isFlip(open.get(i))) {
        assertThat(open.get(i).route()).isEqualTo(Route.PRIORITY_AUDIT);
        assertThat(open.get(i).judgement().reasons()).containsExactly(Reason.BREAKER_OPEN);
      } else {
        assertThat(open.get(i).route()).isEqualTo(closed.get(i).route());
        assertThat(open.get(i).judgement().reasons()).doesNotContain(Reason.BREAKER_OPEN);
      }
    }
  }

  @Test
  void decide_flipThatTheGateAudits_isNotReplaced() {
    List<Decision> found = decide(policy("s0"), Controls.NONE);

    assertThat(found)
        .filteredOn(PromotedBatchTest::isFlip)
        .extracting(Decision::recordId, Decision::route)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("s0", Route.PRIORITY_AUDIT),
            org.assertj.core.groups.Tuple.tuple("s1", Route.AUTO_ACCEPT));
  }

  @Test
  void json_promotion_saysTheRecordsPart() {
    List<ObjectNode> found = TinyGate.json(POLICY, Controls.NONE, batch());

    assertThat(found.get(1).path("promotion").toString())
        .isEqualTo("{\"flagged\":true,\"candidate\":true,\"failed\":[],\"rank\":2,\"flip\":true,"
            + "\"prediction\":23.0,\"batch\":{\"flagged\":4,\"candidates\":4,\"flips\":2}}");
    assertThat(found.get(4).path("promotion").toString())
        .isEqualTo("{\"flagged\":false,\"candidate\":false,\"failed\":[\"flagged.probability\","
            + "\"candidates.probability\"],\"rank\":null,\"flip\":false,\"prediction\":null,"
            + "\"batch\":{\"flagged\":4,\"candidates\":4,\"flips\":2}}");
    assertThat(TinyGate.json(TinyGate.policy("baseline"), Controls.NONE, batch())
            .get(0)
            .path("promotion")
            .isNull())
        .isTrue();
  }

  @Test
  void verify_promotedBatchUnderABreaker_recomputes() {
    Controls open = Controls.NONE.and(Controls.Kind.BREAKER);
    List<ObjectNode> decisions = TinyGate.json(POLICY, open, batch());

    assertThat(Verifier.verify(TinyGate.gate(POLICY), POLICY.fingerprint(), decisions)
            .isClean())
        .isTrue();
    ((ObjectNode) decisions.get(0).path("promotion")).put("flip", false);
    assertThat(Verifier.verify(TinyGate.gate(POLICY), POLICY.fingerprint(), decisions)
            .differences())
        .anyMatch(difference -> difference.path().equals("promotion.flip"));
  }
}
