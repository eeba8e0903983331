package dev.weir.schemas.jsonl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.RawJson;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Role;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.Caps;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.Drift;
import dev.weir.schemas.avro.ImputedValue;
import dev.weir.schemas.avro.Interval;
import dev.weir.schemas.avro.Prior;
import dev.weir.schemas.avro.Promotion;
import dev.weir.schemas.avro.ReleaseUsed;
import dev.weir.schemas.avro.Score;
import dev.weir.schemas.avro.Sha256;
import dev.weir.schemas.avro.Topology;
import dev.weir.schemas.avro.Variance;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as the wire carries them, as the JSON objects of gate.md §12: what {@code weir decide}
 * would have written, to the byte, so that the seal can be checked and the decision recomputed.
 */
public final class DecisionLines {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Domain domain;
  private final List<String> sources;

  /**
   * @param domain of the bundle that decided
   * @param sources its manifest, which contributions follow
   */
  public DecisionLines(Domain domain, List<String> sources) {
    this.domain = domain;
    this.sources = List.copyOf(sources);
  }

  /** The object; null wherever an engine fault left nothing to say. */
  public ObjectNode of(Decision decision) {
    ObjectNode json = JSON.objectNode();
    putBatch(json, decision);
    putRaw(json, decision);
    putFlags(json, decision);
    json.set("score", orNull(decision.getScore(), this::score));
    json.set("prior", orNull(decision.getPrior(), DecisionLines::prior));
    putJudgement(json, decision);
    json.set("release", release(decision.getRelease()));
    ObjectNode controls = json.putObject("controls");
    controls.set("offset", number(decision.getControls().getOffset()));
    controls.set("active", texts(decision.getControls().getActive()));
    json.put("seal", hex(decision.getSeal()));
    return json.put("batchSeal", hex(decision.getBatchSeal()));
  }

  private static void putBatch(ObjectNode json, Decision decision) {
    BatchPart batch = decision.getBatch();
    json.put("recordId", decision.getRecordId());
    json.put("batchId", batch.getId());
    json.put("batchPart", batch.getPart());
    json.put("batchSize", batch.getSize());
    json.put("rejectedInBatch", batch.getRejected());
    json.put("fragileFraction", batch.getFragileFraction());
    json.put("closeReason", batch.getCloseReason().name());
    json.set("batchTime", number(batch.getLatest()));
    Drift drift = batch.getDrift();
    if (drift != null) {
      json.putObject("drift")
          .put("records", drift.getRecords())
          .put("statistic", drift.getStatistic())
          .put("field", drift.getField())
          .put("z", drift.getZ())
          .put("threshold", drift.getThreshold());
    }
    json.put("domain", decision.getDomain());
    json.put("eventTime", decision.getEventTime());
    json.putObject("source")
        .put("topic", decision.getSource().getTopic())
        .put("partition", decision.getSource().getPartition())
        .put("offset", decision.getSource().getOffset());
    json.put("semantics", decision.getSemantics());
    json.put("engine", decision.getEngine());
  }

  private void putRaw(ObjectNode json, Decision decision) {
    ObjectNode raw = json.putObject("raw");
    domain.fields().stream()
        .filter(field -> field.role() != Role.IGNORED && field.role() != Role.LABEL)
        .forEach(field -> raw.set(
            field.name(), RawJson.node(Optional.ofNullable(decision.getRaw().get(field.name())))));
    json.set("masked", texts(decision.getMasked()));
    ArrayNode imputation = json.putArray("imputation");
    for (ImputedValue filled : decision.getImputation()) {
      imputation
          .addObject()
          .put("field", filled.getField())
          .put("method", filled.getMethod())
          .set("value", RawJson.node(Optional.ofNullable(filled.getValue())));
    }
    json.set("unknownCategories", texts(decision.getUnknownCategories()));
    json.put("missingBitmap", decision.getMissingBitmap());
    json.put("missingCount", decision.getMissingCount());
    json.put("imputedCount", decision.getImputedCount());
  }

  private void putFlags(ObjectNode json, Decision decision) {
    json.set("flags", texts(decision.getFlags()));
    json.set("unknownFlags", texts(decision.getUnknownFlags()));
    json.set("topology", orNull(decision.getTopology(), DecisionLines::topology));
    json.put("fragilityScore", decision.getFragilityScore());
    json.set("slices", texts(decision.getSlices()));
    json.put("fragile", decision.getFragile());
  }

  private static ObjectNode topology(Topology topology) {
    ObjectNode json = JSON.objectNode()
        .put("nonNanSpendCount", topology.getNonNanSpendCount())
        .put("sumRawSpend", topology.getSumRawSpend())
        .put("top1Channel", topology.getTop1Channel());
    json.set("top1Value", number(topology.getTop1Value()));
    json.put("top1Share", topology.getTop1Share())
        .put("topkSum", topology.getTopkSum())
        .put("channelEntropy", topology.getChannelEntropy());
    return json.set("totalSpendPctile", number(topology.getTotalSpendPctile()));
  }

  private ObjectNode score(Score score) {
    ObjectNode json =
        JSON.objectNode().put("margin", score.getMargin()).put("bias", score.getBias());
    double[] contributions =
        score.getContributions().stream().mapToDouble(Double::doubleValue).toArray();
    json.set("contributions", sources.isEmpty() ? JSON.nullNode() : contributions(contributions));
    json.put("pModel", score.getPModel())
        .put("pGlm", score.getPGlm())
        .put("glmAgrees", score.getGlmAgrees());
    if (score.getMemberProbabilities().isEmpty()) {
      json.putNull("memberProbabilities");
    } else {
      ArrayNode members = json.putArray("memberProbabilities");
      score.getMemberProbabilities().forEach(members::add);
    }
    return json.put("agreement", score.getAgreement())
        .put("p10", score.getP10())
        .put("p50", score.getP50())
        .put("p90", score.getP90());
  }

  private static ObjectNode prior(Prior prior) {
    return JSON.objectNode()
        .put("key", prior.getKey())
        .put("n", prior.getN())
        .put("finestN", prior.getFinestN())
        .put("muCluster", prior.getMuCluster())
        .put("muGlobal", prior.getMuGlobal())
        .put("tau", prior.getTau())
        .put("muBlend", prior.getMuBlend());
  }

  private void putJudgement(ObjectNode json, Decision decision) {
    json.set("caps", caps(decision.getCaps(), decision.getScore()));
    json.set("variance", orNull(decision.getVariance(), DecisionLines::variance));
    json.set("interval", orNull(decision.getInterval(), DecisionLines::interval));
    json.set("probability", number(decision.getProbability()));
    json.put("predicted", decision.getPredicted());
    json.put("route", decision.getRoute().name());
    json.put("recordRoute", decision.getRecordRoute().name());
    json.set("reasons", texts(decision.getReasons().stream().map(Enum::name).toList()));
    json.put("canary", decision.getCanary());
    json.set(
        "blind",
        orNull(decision.getBlind(), blind -> JSON.objectNode().put("rate", blind.getRate())));
    json.set("promotion", orNull(decision.getPromotion(), DecisionLines::promotion));
  }

  private static ObjectNode promotion(Promotion promotion) {
    ObjectNode json = JSON.objectNode()
        .put("flagged", promotion.getFlagged())
        .put("candidate", promotion.getCandidate());
    json.set("failed", texts(promotion.getFailed()));
    json.put("rank", promotion.getRank())
        .put("flip", promotion.getFlip())
        .put("prediction", promotion.getPrediction());
    json.putObject("batch")
        .put("flagged", promotion.getFlaggedInBatch())
        .put("candidates", promotion.getCandidatesInBatch())
        .put("flips", promotion.getFlipsInBatch());
    return json;
  }

  /* On the wire only the contributions that capping changed are listed. */
  private ObjectNode caps(@Nullable Caps caps, @Nullable Score score) {
    ObjectNode json = JSON.objectNode();
    json.put("applied", caps != null);
    json.put("triggered", caps != null && caps.getTriggered());
    json.set(
        "causes",
        caps == null
            ? JSON.arrayNode()
            : texts(caps.getCauses().stream().map(Enum::name).toList()));
    if (caps == null || score == null) {
      return json.putNull("contributions").putNull("margin").putNull("pCapped");
    }
    double[] capped =
        score.getContributions().stream().mapToDouble(Double::doubleValue).toArray();
    caps.getContributions().forEach(changed -> capped[changed.getSource()] = changed.getValue());
    json.set("contributions", contributions(capped));
    return json.put("margin", caps.getMargin()).put("pCapped", caps.getPCapped());
  }

  private ObjectNode contributions(double[] values) {
    ObjectNode json = JSON.objectNode();
    for (int j = 0; j < values.length; j++) {
      json.put(sources.get(j), values[j]);
    }
    return json;
  }

  private static ObjectNode variance(Variance variance) {
    ObjectNode json = JSON.objectNode().put("base", variance.getBase());
    ObjectNode components = json.putObject("components");
    variance.getComponents().forEach(part -> components.put(part.getName(), part.getValue()));
    return json.put("combined", variance.getCombined());
  }

  private static ObjectNode interval(Interval interval) {
    return JSON.objectNode()
        .put("p10", interval.getP10())
        .put("p50", interval.getP50())
        .put("p90", interval.getP90())
        .put("width", interval.getWidth())
        .put("confidence", interval.getConfidence());
  }

  private static ObjectNode release(ReleaseUsed release) {
    ObjectNode json = JSON.objectNode()
        .put("scope", release.getScope())
        .put("version", release.getVersion())
        .put("epoch", release.getEpoch())
        .put("policy", hex(release.getPolicy()))
        .put("bundle", hex(release.getBundle()));
    return json.set("book", number(release.getBook()));
  }

  private static <T> JsonNode orNull(
      @Nullable T value, java.util.function.Function<T, ObjectNode> write) {
    return value == null ? JSON.nullNode() : write.apply(value);
  }

  private static JsonNode number(@Nullable Long value) {
    return value == null ? JSON.nullNode() : JSON.numberNode((long) value);
  }

  private static JsonNode number(@Nullable Double value) {
    return value == null ? JSON.nullNode() : JSON.numberNode((double) value);
  }

  private static ArrayNode texts(Iterable<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static @Nullable String hex(@Nullable Sha256 sha256) {
    return sha256 == null ? null : HexFormat.of().formatHex(sha256.bytes());
  }
}
