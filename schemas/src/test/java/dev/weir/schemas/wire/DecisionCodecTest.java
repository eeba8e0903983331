package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.model.json.CanonicalJson;
import dev.weir.schemas.avro.CapCause;
import dev.weir.schemas.avro.CappedContribution;
import dev.weir.schemas.avro.ImputedValue;
import dev.weir.schemas.avro.Reason;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.jsonl.DecisionLines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionCodecTest {
  private final DecisionCodec codec = new DecisionCodec();

  private byte[] encode(Decision decision) {
    return codec.encode(Decisions.sealed(decision)).get(0);
  }

  @Test
  void decode_accepted_hasEveryValue() {
    Decision sent = Decisions.accepted();

    var found = codec.decode(encode(sent));

    assertThat(found.getRecordId()).isEqualTo("0001_01");
    assertThat(found.getBatch().getId()).isEqualTo("flight-7");
    assertThat(found.getBatch().getPart()).isEqualTo(41);
    assertThat(found.getBatch().getRejected()).isEqualTo(1);
    assertThat(found.getBatch().getCloseReason().name()).isEqualTo("SIZE");
    assertThat(found.getSource().getOffset()).isEqualTo(43);
    assertThat(found.getSource().getPartition()).isEqualTo(2);
    assertThat(found.getEventTime()).isEqualTo(Decisions.TIME);
    assertThat(found.getRaw())
        .hasSize(13)
        .containsAllEntriesOf(
            Map.of("HomePlanet", "Europa", "CryoSleep", false, "Age", 39.0, "Cabin", "B/0/P"))
        .doesNotContainKey("Spa");
    assertThat(found.getMissingBitmap()).isEqualTo("0000000010" + "00");
    assertThat(found.getScore().getContributions()).hasSize(18).contains(0.9);
    assertThat(found.getScore().getMemberProbabilities()).hasSize(8);
    assertThat(found.getScore().getGlmAgrees()).isTrue();
    assertThat(found.getPrior().getFinestN()).isEqualTo(4);
    assertThat(found.getCaps()).isNull();
    assertThat(found.getTopology().getTop1Channel()).isEqualTo("RoomService");
    assertThat(found.getVariance().getComponents())
        .extracting(dev.weir.schemas.avro.VarianceComponent::getName)
        .containsExactly("missing_count", "imputed_count");
    assertThat(found.getInterval().getWidth()).isEqualTo(0.2209);
    assertThat(found.getProbability()).isEqualTo(0.2227);
    assertThat(found.getRoute()).isEqualTo(Route.AUTO_ACCEPT);
    assertThat(found.getReasons()).containsExactly(Reason.NORMAL);
    assertThat(found.getBlind().getRate()).isEqualTo(0.01);
    assertThat(Stamps.fingerprint(found.getRelease().getPolicy()))
        .contains(sent.release().policy());
    assertThat(found.getRelease().getBook()).isEqualTo(12);
    assertThat(found.getPromotion()).isNull();
    assertThat(found.getControls().getActive()).containsExactly("CANARY_ADDED:0001_01", "PAUSE");
    assertThat(Stamps.fingerprint(found.getSeal())).contains(Seal.of(DecisionJson.content(sent)));
    assertThat(found.getBatchSeal()).isEqualTo(found.getSeal());
  }

  @Test
  void decode_imputation_hasEvidenceOnlyAndNamesUnseenCategories() {
    var found = codec.decode(encode(Decisions.accepted()));

    assertThat(found.getImputed()).containsExactly("Age");
    assertThat(found.getImputation())
        .containsExactly(
            new ImputedValue("HomePlanet", "mode", "Mars"),
            new ImputedValue("Age", "upstream", 39.0),
            new ImputedValue("Spa", "median", 2.5));
    assertThat(found.getUnknownCategories()).containsExactly("HomePlanet");
  }

  @Test
  void decode_capped_hasOnlyWhatChanged() {
    var found = codec.decode(encode(Decisions.capped()));

    assertThat(found.getCaps().getTriggered()).isTrue();
    assertThat(found.getCaps().getCauses()).containsExactly(CapCause.PER_SOURCE);
    assertThat(found.getCaps().getContributions()).containsExactly(new CappedContribution(4, 0.6));
    assertThat(found.getCaps().getPCapped()).isEqualTo(0.1824);
    assertThat(found.getSlices()).containsExactly("missing_context", "thin_slice");
    assertThat(found.getFragile()).isTrue();
    assertThat(found.getReasons()).containsExactly(Reason.MARGIN_LOW, Reason.GLM_DISAGREES);
    assertThat(found.getBlind()).isNull();
  }

  @Test
  void encode_batch_sealsEveryDecisionAndAllOfThem() {
    var batch = SealedBatch.of(List.of(Decisions.accepted(), Decisions.capped()));

    var found = codec.encode(batch).stream().map(codec::decode).toList();

    assertThat(found)
        .extracting(d -> Stamps.fingerprint(d.getSeal()).orElseThrow())
        .isEqualTo(batch.seals());
    assertThat(found)
        .extracting(d -> Stamps.fingerprint(d.getBatchSeal()).orElseThrow())
        .containsOnly(batch.root().orElseThrow());
  }

  @Test
  void lines_ofWhatTheWireCarries_areTheDecisionsOwnJson() {
    var batch = SealedBatch.of(List.of(Decisions.accepted(), Decisions.capped()));
    DecisionLines lines =
        new DecisionLines(Passengers.DOMAIN, Decisions.accepted().names().sources());

    assertThat(codec.encode(batch))
        .map(bytes -> CanonicalJson.inOwnOrder(lines.of(codec.decode(bytes))))
        .isEqualTo(batch.json().stream().map(CanonicalJson::inOwnOrder).toList());
  }

  @Test
  void lines_ofAnEngineFault_areNullWhereNothingIsKnown() {
    var fault = codec.decode(codec.encode(new EngineFault(
        Decisions.BATCH,
        Decisions.SOURCE,
        Decisions.TIME,
        Passengers.record(),
        Decisions.RELEASE,
        Decisions.CONTROLS)));

    var line = new DecisionLines(Passengers.DOMAIN, List.of()).of(fault);

    assertThat(line.path("score").isNull()).isTrue();
    assertThat(line.path("caps").path("applied").booleanValue()).isFalse();
    assertThat(line.path("raw").path("HomePlanet").textValue()).isEqualTo("Europa");
    assertThat(line.path("seal").isNull()).isTrue();
  }

  @Test
  void encode_twice_givesTheSameBytes() {
    assertThat(encode(Decisions.capped())).isEqualTo(encode(Decisions.capped()));
  }

  @Test
  void encode_decision_staysNearItsSize() {
    int accepted = encode(Decisions.accepted()).length;
    var withoutRaw = codec.decode(encode(Decisions.accepted()));
    int raw = rawBytes(withoutRaw.getRaw());

    System.out.printf(
        Locale.ROOT,
        "decision: %d bytes accepted, %d capped; raw values %d of them%n",
        accepted,
        encode(Decisions.capped()).length,
        raw);
    assertThat(accepted - raw).isLessThan(1300);
  }

  private static int rawBytes(Map<String, Object> raw) {
    return raw.entrySet().stream()
        .mapToInt(e -> e.getKey().length()
            + 2
            + (e.getValue() instanceof String text
                ? text.length() + 1
                : e.getValue() instanceof Boolean ? 1 : 8))
        .sum();
  }

  @Test
  void encode_engineFault_goesToAuditWithRawValuesOnly() {
    var found = codec.decode(codec.encode(new EngineFault(
        Decisions.BATCH,
        Decisions.SOURCE,
        Decisions.TIME,
        Passengers.record(),
        Decisions.RELEASE,
        Decisions.CONTROLS)));

    assertThat(found.getRoute()).isEqualTo(Route.PRIORITY_AUDIT);
    assertThat(found.getReasons()).containsExactly(Reason.ENGINE_FAULT);
    assertThat(found.getRaw()).containsEntry("HomePlanet", "Europa");
    assertThat(found.getImputed()).containsExactly("Age");
    assertThat(found.getScore()).isNull();
    assertThat(found.getProbability()).isNull();
  }

  @Test
  void decode_promoted_hasItsPart() {

    var found = codec.decode(encode(Decisions.capped())).getPromotion();

    assertThat(found.getFlagged()).isTrue();
    assertThat(found.getCandidate()).isTrue();
    assertThat(found.getFailed()).isEmpty();
    assertThat(found.getRank()).isEqualTo(2);
    assertThat(found.getFlip()).isTrue();
    assertThat(found.getPrediction()).isEqualTo(23);
    assertThat(found.getFlaggedInBatch()).isEqualTo(9);
    assertThat(found.getCandidatesInBatch()).isEqualTo(4);
    assertThat(found.getFlipsInBatch()).isEqualTo(3);
  }
}
