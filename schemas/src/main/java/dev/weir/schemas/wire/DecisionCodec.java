package dev.weir.schemas.wire;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Masking;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.policy.Policy;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.schemas.avro.BlindSample;
import dev.weir.schemas.avro.Reason;
import dev.weir.schemas.avro.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as bytes. Contributions follow the manifest of the bundle that the decision names.
 */
public final class DecisionCodec {
  private final SingleObject.Of<dev.weir.schemas.avro.Decision> avro = new SingleObject.Of<>(
      "a decision",
      dev.weir.schemas.avro.Decision.getClassSchema(),
      List.of(SingleObject.Of.older("Decision.v1")));

  /**
   * The decisions of a batch part with their seals, each in Avro's single-object encoding. The same
   * decisions give the same bytes.
   */
  public List<byte[]> encode(SealedBatch batch) {
    List<byte[]> encoded = new ArrayList<>(batch.decisions().size());
    for (int i = 0; i < batch.decisions().size(); i++) {
      encoded.add(avro.encode(wire(batch.decisions().get(i))
          .setSeal(Stamps.sha256(batch.seals().get(i)))
          .setBatchSeal(Stamps.sha256(batch.root().orElseThrow()))
          .build()));
    }
    return encoded;
  }

  /** The audit of a record whose batch could not be decided, reason ENGINE_FAULT. */
  public byte[] encode(EngineFault fault) {
    return avro.encode(received(fault.record())
        .setBatch(Stamps.batch(fault.batch()))
        .setEventTime(fault.eventTime())
        .setSource(Stamps.source(fault.source()))
        .setRoute(Route.PRIORITY_AUDIT)
        .setRecordRoute(Route.PRIORITY_AUDIT)
        .setReasons(List.of(Reason.ENGINE_FAULT))
        .setRelease(Stamps.release(fault.release()))
        .setControls(Stamps.controls(fault.controls()))
        .build());
  }

  /**
   * The decision in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public dev.weir.schemas.avro.Decision decode(byte @Nullable [] value) {
    return avro.decode(value);
  }

  private static dev.weir.schemas.avro.Decision.Builder wire(Decision decision) {
    Evidence evidence = decision.evidence();
    Judgement judgement = decision.judgement();
    Domain domain = evidence.record().domain();
    return received(evidence.record())
        .setBatch(Stamps.batch(decision.batch()))
        .setEventTime(decision.eventTime())
        .setSource(Stamps.source(decision.source()))
        .setImputation(EvidenceParts.imputation(decision))
        .setUnknownCategories(decision.unknownCategories())
        .setMissingBitmap(EvidenceParts.bitmap(evidence.missing(), domain.evidence().length))
        .setMissingCount(evidence.missingCount())
        .setImputedCount(evidence.imputedCount())
        .setFlags(decision.flags())
        .setUnknownFlags(decision.unknownFlags())
        .setTopology(
            domain.channels().length == 0
                ? null
                : EvidenceParts.topology(evidence.topology(), domain))
        .setFragilityScore(evidence.fragility())
        .setSlices(judgement.slices())
        .setFragile(judgement.fragile())
        .setScore(JudgementParts.score(decision.score(), judgement))
        .setPrior(JudgementParts.prior(decision.prior()))
        .setCaps(JudgementParts.caps(judgement, decision.score()))
        .setVariance(JudgementParts.variance(judgement.variance()))
        .setInterval(JudgementParts.interval(judgement))
        .setProbability(judgement.probability())
        .setPredicted(judgement.predicted())
        .setRoute(Stamps.route(decision.route()))
        .setRecordRoute(Stamps.route(judgement.route()))
        .setReasons(JudgementParts.reasons(judgement))
        .setCanary(judgement.canary())
        .setBlind(decision.blind().map(blind -> new BlindSample(blind.rate())).orElse(null))
        .setPromotion(judgement.promotion().map(JudgementParts::promotion).orElse(null))
        .setRelease(Stamps.release(decision.release()))
        .setControls(Stamps.controls(decision.controls()));
  }

  private static dev.weir.schemas.avro.Decision.Builder received(RawRecord record) {
    Domain domain = record.domain();
    Map<String, Object> raw = new LinkedHashMap<>();
    List<String> imputed = new ArrayList<>();
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      if (Masking.isKept(field)) {
        record.received(f).ifPresent(value -> raw.put(field.name(), value));
      }
      if ((record.imputedUpstream() >>> f & 1) != 0) {
        imputed.add(field.name());
      }
    }
    return dev.weir.schemas.avro.Decision.newBuilder()
        .setRecordId(record.id())
        .setDomain(domain.name())
        .setSemantics(Policy.SEMANTICS)
        .setEngine(Decision.ENGINE)
        .setRaw(raw)
        .setMasked(Masking.masked(domain))
        .setImputed(imputed);
  }
}
