package dev.weir.gating.decision;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.Score;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The seal is written straight into bytes, and must be that of the JSON that people get. */
class SealerTest {
  private static final List<String> CHANNELS =
      List.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck");

  private static Decision decided(RawRecord record) {
    return TinyGate.decide(
            TinyGate.policy("steady"), Controls.NONE, TinyGate.batch(List.of(record), 0))
        .decisions()
        .get(0);
  }

  private static RawRecord withoutSpending() {
    Map<String, Object> values = new HashMap<>();
    CHANNELS.forEach(channel -> values.put(channel, null));
    return passenger("a", values);
  }

  private static ObjectNode sealed(Sealer sealer, Decision decision) {
    ObjectNode json = sealer.seal(List.of(decision)).json().get(0);
    assertThat(Seal.isIntact(json)).isTrue();
    return json;
  }

  @Test
  void seal_noDecision_hasNoRoot() {
    assertThat(new Sealer().seal(List.of()).root()).isEmpty();
    assertThat(new Sealer().seal(List.of()).json()).isEmpty();
  }

  @Test
  void seal_nothingSpentAndNoOffsets_isTheJsonsWithNulls() {
    Decision decision = decided(withoutSpending());
    assertThat(decision.controls().offset()).isEmpty();

    ObjectNode json = sealed(new Sealer(), decision);

    assertThat(json.path("topology").path("top1Channel").isNull()).isTrue();
    assertThat(json.path("topology").path("top1Value").isNull()).isTrue();
    assertThat(json.path("topology").path("totalSpendPctile").isNull()).isTrue();
    assertThat(json.path("controls").path("offset").isNull()).isTrue();
  }

  /* As of a model that says nothing but its probability. */
  @Test
  void seal_withoutSourcesAndMembers_isTheJsonsWithNulls() {
    Decision whole = decided(passenger("a", Map.of()));
    Score known = whole.score();
    Score bare = new Score(
        known.margin(),
        known.bias(),
        new double[0],
        known.pModel(),
        known.pGlm(),
        new double[0],
        1,
        known.p10(),
        known.p50(),
        known.p90());

    ObjectNode json = sealed(
        new Sealer(),
        with(
            whole,
            new BundleNames(List.of(), whole.names().vocabulary()),
            bare,
            whole.judgement().variance()));

    assertThat(json.path("score").path("contributions").isNull()).isTrue();
    assertThat(json.path("score").path("memberProbabilities").isNull()).isTrue();
  }

  @Test
  void seal_componentsInAnyOrder_isTheJsons() {
    Decision whole = decided(passenger("a", Map.of()));
    Map<String, Double> components = new LinkedHashMap<>();
    components.put("b", 0.5);
    components.put("a", 0.25);

    ObjectNode json = sealed(
        new Sealer(), with(whole, whole.names(), whole.score(), new Variance(1, components, 1.75)));

    assertThat(json.path("variance").path("components").toString())
        .isEqualTo("{\"b\":0.5,\"a\":0.25}");
  }

  @Test
  void seal_decisionsOfTwoDomains_byOneSealer_areBothIntact() {
    Bundle masked = TinyBundle.maskedBundle();
    PolicyFile policy =
        PolicyFile.read("p", PolicyFile.shippedText("passenger/steady"), TinyBundle.MASKED);
    Gate gate = new Gate(
        policy.policy(),
        masked,
        new Secrets(SampleKeys.DEMO, Optional.of(new MaskingKey(new byte[32]))));
    Decision plain = decided(passenger("a", Map.of()));
    RawRecord record = (RawRecord)
        new dev.weir.model.domain.RecordParser(TinyBundle.MASKED.domain(), gate.hashing())
            .typed(Map.<String, Object>of("PassengerId", "a", "TravelGroup", "g")::get, List.of());
    Decision other = Release.offline(policy.fingerprint(), gate)
        .decide(Controls.NONE, TinyGate.batch(List.of(record), 0), OptionalLong.empty())
        .decisions()
        .get(0);
    Sealer sealer = new Sealer();

    for (Decision decision : List.of(plain, other, plain)) {
      ObjectNode json = sealed(sealer, decision);
      assertThat(json.path("masked").size()).isEqualTo(decision == other ? 2 : 0);
    }
  }

  private static Decision with(Decision of, BundleNames names, Score score, Variance variance) {
    Appraisal seen = of.judgement().appraisal();
    return new Decision(
        of.batch(),
        of.source(),
        of.eventTime(),
        of.evidence(),
        of.flags(),
        of.unknownFlags(),
        names,
        score,
        of.prior(),
        new Judgement(
            new Appraisal(
                seen.slices(),
                seen.readings(),
                variance,
                seen.interval(),
                seen.width(),
                seen.confidence()),
            of.judgement().predicted(),
            of.judgement().glmAgrees(),
            of.judgement().route(),
            of.judgement().reasons(),
            of.judgement().canary(),
            of.judgement().promotion()),
        of.route(),
        of.blind(),
        of.release(),
        of.controls());
  }
}
