package dev.weir.gating.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.RawJson;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A decision as a JSON object with the names of gate.md §12; absent is null, numbers are whole
 * doubles. {@link SealedBatch} adds the seals.
 */
public final class DecisionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DecisionJson() {}

  /** The object without its seals. */
  public static ObjectNode content(Decision decision) {
    ObjectNode json = JSON.objectNode();
    putBatch(json, decision);
    putRaw(json, decision);
    putFlags(json, decision);
    json.set("score", score(decision.score(), decision.names().sources(), decision.judgement()));
    json.set("prior", prior(decision.prior()));
    putJudgement(json, decision);
    json.set("release", release(decision.release()));
    ObjectNode controls = json.putObject("controls");
    put(controls, "offset", decision.controls().offset());
    controls.set("active", strings(decision.controls().active()));
    return json;
  }

  private static void putBatch(ObjectNode json, Decision decision) {
    BatchStamp batch = decision.batch();
    json.put("recordId", decision.recordId());
    json.put("batchId", batch.id());
    json.put("batchPart", batch.part());
    json.put("batchSize", batch.size());
    json.put("rejectedInBatch", batch.rejected());
    json.put("fragileFraction", batch.fragileFraction());
    json.put("closeReason", batch.closeReason().name());
    json.put("batchTime", batch.latest());
    putDrift(json, batch);
    json.put("domain", decision.evidence().record().domain().name());
    json.put("eventTime", decision.eventTime());
    json.putObject("source")
        .put("topic", decision.source().topic())
        .put("partition", decision.source().partition())
        .put("offset", decision.source().offset());
    json.put("semantics", Policy.SEMANTICS);
    json.put("engine", Decision.ENGINE);
  }

  /* Only of a batch that was compared, so that other policies' decisions keep their bytes. */
  private static void putDrift(ObjectNode json, BatchStamp batch) {
    batch
        .drift()
        .ifPresent(drift -> json.putObject("drift")
            .put("records", drift.records())
            .put("statistic", drift.statistic())
            .put("field", drift.field())
            .put("z", drift.z())
            .put("threshold", drift.threshold()));
  }

  private static void putRaw(ObjectNode json, Decision decision) {
    Evidence evidence = decision.evidence();
    RawRecord record = evidence.record();
    Domain domain = record.domain();
    ObjectNode raw = json.putObject("raw");
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      if (Masking.isCarried(field)) {
        raw.set(
            field.name(),
            RawJson.node(Masking.isKept(field) ? record.received(f) : Optional.empty()));
      }
    }
    json.set("masked", strings(Masking.masked(domain)));
    ArrayNode imputation = json.putArray("imputation");
    for (Filled filled : decision.filled()) {
      imputation
          .addObject()
          .put("field", filled.attribute())
          .put("method", filled.method())
          .set("value", RawJson.node(filled.value()));
    }
    json.set("unknownCategories", strings(decision.unknownCategories()));
    StringBuilder bitmap = new StringBuilder();
    for (int i = 0; i < domain.evidence().length; i++) {
      bitmap.append(evidence.missing() >>> i & 1);
    }
    json.put("missingBitmap", bitmap.toString());
    json.put("missingCount", evidence.missingCount());
    json.put("imputedCount", evidence.imputedCount());
  }

  private static void putFlags(ObjectNode json, Decision decision) {
    Evidence evidence = decision.evidence();
    json.set("flags", strings(decision.flags()));
    json.set("unknownFlags", strings(decision.unknownFlags()));
    Domain domain = evidence.record().domain();
    if (domain.channels().length == 0) {
      json.putNull("topology");
    } else {
      RawTopology topology = evidence.topology();
      ObjectNode shape = json.putObject("topology");
      shape.put("nonNanSpendCount", topology.observedCount());
      shape.put("sumRawSpend", topology.sum());
      shape.put(
          "top1Channel",
          topology.topChannel() < 0
              ? null
              : domain.fields().get(domain.channels()[topology.topChannel()]).name());
      put(shape, "top1Value", topology.topValue());
      shape.put("top1Share", topology.topShare());
      shape.put("topkSum", topology.topThreeSum());
      shape.put("channelEntropy", topology.entropy());
      put(shape, "totalSpendPctile", topology.sumShare());
    }
    json.put("fragilityScore", evidence.fragility());
    json.set("slices", strings(decision.judgement().slices()));
    json.put("fragile", decision.judgement().fragile());
  }

  private static ObjectNode score(Score score, List<String> sources, Judgement judgement) {
    ObjectNode json = JSON.objectNode();
    json.put("margin", score.margin());
    json.put("bias", score.bias());
    if (sources.isEmpty()) {
      json.putNull("contributions");
    } else {
      json.set("contributions", contributions(sources, score.contributions()));
    }
    json.put("pModel", score.pModel());
    json.put("pGlm", score.pGlm());
    json.put("glmAgrees", judgement.glmAgrees());
    if (score.memberProbabilities().length == 0) {
      json.putNull("memberProbabilities");
    } else {
      ArrayNode members = json.putArray("memberProbabilities");
      for (double member : score.memberProbabilities()) {
        members.add(member);
      }
    }
    json.put("agreement", score.agreement());
    json.put("p10", score.p10());
    json.put("p50", score.p50());
    json.put("p90", score.p90());
    return json;
  }

  private static ObjectNode prior(SlicePrior prior) {
    return JSON.objectNode()
        .put("key", prior.key())
        .put("n", prior.n())
        .put("finestN", prior.finestN())
        .put("muCluster", prior.muCluster())
        .put("muGlobal", prior.muGlobal())
        .put("tau", prior.tau())
        .put("muBlend", prior.muBlend());
  }

  private static void putJudgement(ObjectNode json, Decision decision) {
    Judgement judgement = decision.judgement();
    json.set("caps", caps(judgement, decision.names().sources()));
    ObjectNode variance = json.putObject("variance");
    variance.put("base", judgement.variance().base());
    ObjectNode components = variance.putObject("components");
    judgement.variance().components().forEach(components::put);
    variance.put("combined", judgement.variance().combined());
    json.putObject("interval")
        .put("p10", judgement.interval().p10())
        .put("p50", judgement.interval().p50())
        .put("p90", judgement.interval().p90())
        .put("width", judgement.width())
        .put("confidence", judgement.confidence());
    json.put("probability", judgement.probability());
    json.put("predicted", judgement.predicted());
    json.put("route", decision.route().name());
    json.put("recordRoute", judgement.route().name());
    json.set("reasons", strings(judgement.reasons().stream().map(Reason::name).toList()));
    json.put("canary", judgement.canary());
    if (decision.blind().isPresent()) {
      json.putObject("blind").put("rate", decision.blind().get().rate());
    } else {
      json.putNull("blind");
    }
    json.set(
        "promotion",
        judgement.promotion().<JsonNode>map(DecisionJson::promotion).orElse(JSON.nullNode()));
  }

  private static ObjectNode promotion(Promotion promotion) {
    ObjectNode json = JSON.objectNode();
    json.put("flagged", promotion.flagged());
    json.put("candidate", promotion.candidate());
    json.set("failed", strings(promotion.failed()));
    if (promotion.rank().isPresent()) {
      json.put("rank", promotion.rank().getAsInt());
    } else {
      json.putNull("rank");
    }
    json.put("flip", promotion.flip());
    if (promotion.flip()) {
      json.put("prediction", promotion.prediction());
    } else {
      json.putNull("prediction");
    }
    json.putObject("batch")
        .put("flagged", promotion.counts().flagged())
        .put("candidates", promotion.counts().candidates())
        .put("flips", promotion.counts().flips());
    return json;
  }

  private static ObjectNode caps(Judgement judgement, List<String> sources) {
    ObjectNode json = JSON.objectNode();
    json.put("applied", judgement.capped().isPresent());
    json.put("triggered", !judgement.capCauses().isEmpty());
    json.set(
        "causes", strings(judgement.capCauses().stream().map(CapCause::name).toList()));
    if (judgement.capped().isPresent()) {
      CappedMargin capped = judgement.capped().get();
      json.set("contributions", contributions(sources, capped.contributions()));
      json.put("margin", capped.margin());
      json.put("pCapped", judgement.probability());
    } else {
      json.putNull("contributions").putNull("margin").putNull("pCapped");
    }
    return json;
  }

  private static ObjectNode contributions(List<String> sources, double[] values) {
    ObjectNode json = JSON.objectNode();
    for (int j = 0; j < values.length; j++) {
      json.put(sources.get(j), values[j]);
    }
    return json;
  }

  static ObjectNode release(ReleaseStamp release) {
    ObjectNode json = JSON.objectNode()
        .put("scope", release.scope())
        .put("version", release.version())
        .put("epoch", release.epoch())
        .put("policy", release.policy().hex())
        .put("bundle", release.bundle().hex());
    put(json, "book", release.book());
    return json;
  }

  /** A hold as a JSON object. */
  public static ObjectNode write(BatchHold hold) {
    ObjectNode json = JSON.objectNode()
        .put("batchId", hold.batch().id())
        .put("batchPart", hold.batch().part())
        .put("batchSize", hold.batch().size())
        .put("rejectedInBatch", hold.batch().rejected())
        .put("fragile", hold.fragile())
        .put("fragileFraction", hold.batch().fragileFraction())
        .put("rule", hold.rule());
    putDrift(json, hold.batch());
    ObjectNode slices = json.putObject("slices");
    hold.slices().forEach(slices::put);
    ObjectNode routes = json.putObject("recordRoutes");
    hold.recordRoutes().forEach((route, count) -> routes.put(route.name(), count));
    json.put("eventTime", hold.batch().latest());
    json.set("release", release(hold.release()));
    return json;
  }

  private static void put(ObjectNode json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.put(name, value.getAsLong());
    } else {
      json.putNull(name);
    }
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isNaN(value)) {
      json.putNull(name);
    } else {
      json.put(name, value);
    }
  }

  private static ArrayNode strings(Iterable<String> values) {
    ArrayNode array = JSON.arrayNode();
    for (String value : values) {
      array.add(value);
    }
    return array;
  }
}
