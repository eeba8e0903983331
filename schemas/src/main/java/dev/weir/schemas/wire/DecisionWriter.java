package dev.weir.schemas.wire;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.CarriedField;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Filled;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Masking;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Promotion;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.Variance;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as Avro, field by field in the order of {@code Decision.avdl}, straight from what was
 * decided: the generated classes are for reading. For one thread.
 */
final class DecisionWriter {
  private static final int NULL = 0;
  private static final int PRESENT = 1;
  private static final CapCause[] CAP_CAUSES = CapCause.values();

  private final AvroBytes out = new AvroBytes();
  private final byte[] header;
  private @Nullable Carried last;

  /** @param header what comes before each value */
  DecisionWriter(byte[] header) {
    this.header = header.clone();
  }

  byte[] write(Decision decision, Fingerprint seal, Fingerprint batchSeal) {
    Evidence evidence = decision.evidence();
    Judgement judgement = decision.judgement();
    Domain domain = evidence.record().domain();
    begin(evidence.record(), decision.batch(), decision.eventTime(), decision.source());
    imputation(decision.filled());
    out.texts(decision.unknownCategories());
    out.whole(PRESENT).bits(evidence.missing(), domain.evidenceCount());
    out.whole(evidence.missingCount()).whole(evidence.imputedCount());
    out.texts(decision.flags()).texts(decision.unknownFlags());
    topology(evidence.topology(), domain);
    out.number(evidence.fragility());
    out.texts(judgement.slices()).truth(judgement.fragile());
    score(decision.score(), judgement);
    prior(decision.prior());
    caps(judgement, decision.score());
    variance(judgement.variance());
    interval(judgement);
    out.whole(PRESENT).number(judgement.probability());
    out.whole(PRESENT).truth(judgement.predicted());
    routes(decision.route(), judgement.route(), judgement.reasons());
    out.truth(judgement.canary());
    if (decision.blind().isPresent()) {
      out.whole(PRESENT).number(decision.blind().get().rate());
    } else {
      out.whole(NULL);
    }
    promotion(judgement.promotion());
    release(decision.release());
    controls(decision.controls());
    out.whole(PRESENT).fingerprint(seal);
    out.whole(PRESENT).fingerprint(batchSeal);
    return out.toByteArray();
  }

  /** The audit of a record whose batch could not be decided: null wherever nothing is known. */
  byte[] write(EngineFault fault) {
    begin(fault.record(), fault.batch(), fault.eventTime(), fault.source());
    out.end().end(); // imputation, unknownCategories
    out.whole(NULL).whole(0).whole(0); // missingBitmap and the counts
    out.end().end(); // flags, unknownFlags
    out.whole(NULL).number(0); // topology, fragilityScore
    out.end().truth(false); // slices, fragile
    out.whole(NULL).whole(NULL).whole(NULL); // score, prior, caps
    out.whole(NULL).whole(NULL); // variance, interval
    out.whole(NULL).whole(NULL); // probability, predicted
    routes(Route.PRIORITY_AUDIT, Route.PRIORITY_AUDIT, Set.of(Reason.ENGINE_FAULT));
    out.truth(false).whole(NULL).whole(NULL); // canary, blind, promotion
    release(fault.release());
    controls(fault.controls());
    out.whole(NULL).whole(NULL); // the seals
    return out.toByteArray();
  }

  private void begin(RawRecord record, BatchStamp batch, long eventTime, Position source) {
    out.clear();
    out.plain(header);
    out.text(record.id());
    batch(batch);
    out.text(record.domain().name());
    out.whole(eventTime);
    out.text(source.topic()).whole(source.partition()).whole(source.offset());
    out.whole(Policy.SEMANTICS).text(Decision.ENGINE);
    received(record);
  }

  private void batch(BatchStamp batch) {
    out.text(batch.id()).whole(batch.part()).whole(batch.size()).whole(batch.rejected());
    out.number(batch.fragileFraction());
    symbol(Symbols.CLOSE_REASONS, batch.closeReason());
    out.whole(PRESENT).whole(batch.latest());
    if (batch.drift().isEmpty()) {
      out.whole(NULL);
      return;
    }
    DriftFinding drift = batch.drift().get();
    out.whole(PRESENT).whole(drift.records()).text(drift.statistic()).text(drift.field());
    out.number(drift.z()).number(drift.threshold());
  }

  private void received(RawRecord record) {
    Carried carried = carried(record.domain());
    int kept = 0;
    for (int i = 0; i < carried.fields().size(); i++) {
      kept += carried.fields().get(i).isTold(record) ? 1 : 0;
    }
    out.block(kept);
    for (int i = 0; i < carried.fields().size(); i++) {
      CarriedField field = carried.fields().get(i);
      if (field.isTold(record)) {
        out.text(field.name());
        rawValue(record, field);
      }
    }
    out.end().texts(carried.masked());
    imputed(record);
  }

  private void imputed(RawRecord record) {
    List<Field> fields = record.domain().fields();
    out.block(Long.bitCount(record.imputedUpstream()));
    for (int f = 0; f < fields.size(); f++) {
      if (isImputed(record, f)) {
        out.text(fields.get(f).name());
      }
    }
    out.end();
  }

  /** What of a domain's fields decisions have; a bundle has one domain as long as it is loaded. */
  private record Carried(Domain domain, List<CarriedField> fields, List<String> masked) {
    static Carried of(Domain domain) {
      return new Carried(domain, CarriedField.of(domain), Masking.masked(domain));
    }
  }

  private Carried carried(Domain domain) {
    Carried known = last;
    if (known == null || known.domain() != domain) {
      known = Carried.of(domain);
      last = known;
    }
    return known;
  }

  private static boolean isImputed(RawRecord record, int f) {
    return (record.imputedUpstream() >>> f & 1) != 0;
  }

  /* The branches of the map's union: double, boolean, long, string. */
  private void rawValue(RawRecord record, CarriedField field) {
    switch (field.kind()) {
      case NUMBER -> out.whole(0).number(record.number(field.attribute()));
      case BOOLEAN -> out.whole(1).truth(record.number(field.attribute()) != 0);
      case TIMESTAMP -> out.whole(2).whole((long) record.number(field.attribute()));
      case CATEGORY, TEXT -> out.whole(3).text(record.text(field.index()));
    }
  }

  private void imputation(List<Filled> all) {
    out.block(all.size());
    for (Filled filled : all) {
      out.text(filled.attribute()).text(filled.method());
      filledValue(filled.value());
    }
    out.end();
  }

  /* The branches: null, double, boolean, string. */
  private void filledValue(Optional<Object> filled) {
    Object value = filled.orElse(null);
    if (value == null) {
      out.whole(NULL);
    } else if (value instanceof Double number) {
      out.whole(1).number(number);
    } else if (value instanceof Boolean truth) {
      out.whole(2).truth(truth);
    } else {
      out.whole(3).text(value.toString());
    }
  }

  private void topology(RawTopology topology, Domain domain) {
    if (domain.channelCount() == 0) {
      out.whole(NULL);
      return;
    }
    out.whole(PRESENT).whole(topology.observedCount()).number(topology.sum());
    if (topology.topChannel() < 0) {
      out.whole(NULL);
    } else {
      out.whole(PRESENT).text(domain.channel(topology.topChannel()).name());
    }
    optional(topology.topValue());
    out.number(topology.topShare()).number(topology.topThreeSum()).number(topology.entropy());
    optional(topology.sumShare());
  }

  private void score(Score score, Judgement judgement) {
    out.whole(PRESENT).number(score.margin()).number(score.bias());
    out.numbers(score.contributions());
    out.number(score.pModel()).number(score.pGlm()).truth(judgement.glmAgrees());
    out.numbers(score.memberProbabilities());
    out.number(score.agreement()).number(score.p10()).number(score.p50()).number(score.p90());
  }

  private void prior(SlicePrior prior) {
    out.whole(PRESENT).text(prior.key()).whole(prior.n()).whole(prior.finestN());
    out.number(prior.muCluster()).number(prior.muGlobal());
    out.number(prior.tau()).number(prior.muBlend());
  }

  private void caps(Judgement judgement, Score score) {
    if (judgement.capped().isEmpty()) {
      out.whole(NULL);
      return;
    }
    CappedMargin capped = judgement.capped().get();
    out.whole(PRESENT).truth(!judgement.capCauses().isEmpty());
    out.block(judgement.capCauses().size());
    for (CapCause cause : CAP_CAUSES) {
      if (judgement.capCauses().contains(cause)) {
        symbol(Symbols.CAP_CAUSES, cause);
      }
    }
    out.end();
    changed(score.contributions(), capped.contributions());
    out.number(capped.margin()).number(judgement.probability());
  }

  private void changed(double[] before, double[] after) {
    int count = 0;
    for (int j = 0; j < after.length; j++) {
      count += after[j] != before[j] ? 1 : 0;
    }
    out.block(count);
    for (int j = 0; j < after.length; j++) {
      if (after[j] != before[j]) {
        out.whole(j).number(after[j]);
      }
    }
    out.end();
  }

  private void variance(Variance variance) {
    out.whole(PRESENT).number(variance.base());
    out.block(variance.components().size());
    for (Map.Entry<String, Double> component : variance.components().entrySet()) {
      out.text(component.getKey()).number(component.getValue());
    }
    out.end().number(variance.combined());
  }

  private void interval(Judgement judgement) {
    out.whole(PRESENT);
    out.number(judgement.interval().p10());
    out.number(judgement.interval().p50());
    out.number(judgement.interval().p90());
    out.number(judgement.width()).number(judgement.confidence());
  }

  private void routes(Route route, Route recordRoute, Set<Reason> reasons) {
    symbol(Symbols.ROUTES, route);
    symbol(Symbols.ROUTES, recordRoute);
    out.block(reasons.size());
    for (Reason reason : reasons) {
      symbol(Symbols.REASONS, reason);
    }
    out.end();
  }

  private <E> void symbol(Map<E, Integer> positions, E constant) {
    out.whole(Objects.requireNonNull(positions.get(constant)));
  }

  private void promotion(Optional<Promotion> present) {
    if (present.isEmpty()) {
      out.whole(NULL);
      return;
    }
    Promotion promotion = present.get();
    out.whole(PRESENT).truth(promotion.flagged()).truth(promotion.candidate());
    out.texts(promotion.failed());
    if (promotion.rank().isPresent()) {
      out.whole(PRESENT).whole(promotion.rank().getAsInt());
    } else {
      out.whole(NULL);
    }
    out.truth(promotion.flip());
    optional(promotion.flip() ? promotion.prediction() : Double.NaN);
    out.whole(promotion.counts().flagged());
    out.whole(promotion.counts().candidates());
    out.whole(promotion.counts().flips());
  }

  private void release(ReleaseStamp release) {
    out.text(release.scope()).text(release.version()).whole(release.epoch());
    out.fingerprint(release.policy()).fingerprint(release.bundle());
    optional(release.book());
  }

  private void controls(ControlStamp controls) {
    optional(controls.offset());
    out.texts(controls.active());
  }

  private void optional(OptionalLong value) {
    if (value.isPresent()) {
      out.whole(PRESENT).whole(value.getAsLong());
    } else {
      out.whole(NULL);
    }
  }

  private void optional(double value) {
    if (Double.isNaN(value)) {
      out.whole(NULL);
    } else {
      out.whole(PRESENT).number(value);
    }
  }
}
