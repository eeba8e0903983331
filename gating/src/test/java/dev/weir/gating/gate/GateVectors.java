package dev.weir.gating.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Platt;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.score.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** One batch of gate inputs with the outcome it must have, as gate vector files write them. */
record GateVectors(JsonNode vector) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FlagSet FLAGS = DomainDefinition.shipped("passenger").flags();
  private static final Set<String> CHANNELS =
      Set.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck");

  static List<GateVectors> read(Path file) {
    try {
      List<GateVectors> vectors = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        vectors.add(new GateVectors(JSON.readTree(line)));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return vector.path("name").asText();
  }

  /** What it must find. */
  JsonNode expected() {
    return vector.path("expected");
  }

  /** What the gate finds. */
  BatchGate.Verdict found() {
    Policy policy = policy(vector.path("policy"));
    List<String> sources = new ArrayList<>();
    JsonNode first = vector.path("records").path(0).path("score").path("contributions");
    first.fieldNames().forEachRemaining(sources::add);
    JsonNode platt = vector.path("calibrator");
    RecordGate recordGate = new RecordGate(
        policy,
        new Platt(platt.path("slope").asDouble(), platt.path("intercept").asDouble()),
        vector.path("policy").path("threshold").asDouble(),
        sources,
        CHANNELS,
        FLAGS.index("cryo_allzero").getAsInt());
    HoldRule holdRule = new HoldRule(policy.hold(), vector.path("referenceRate").asDouble());
    List<Signals> signals = new ArrayList<>();
    vector.path("records").forEach(record -> signals.add(signals(record)));
    Set<Reason> overriding = vector.path("policy").path("kill").asBoolean()
        ? EnumSet.of(Reason.KILL_SWITCH)
        : EnumSet.noneOf(Reason.class);
    return new BatchGate(recordGate, holdRule)
        .judge(signals, vector.path("invalid").asInt(), overriding, Set.of());
  }

  private static Signals signals(JsonNode record) {
    long truths = 0;
    for (JsonNode flag : record.path("flags")) {
      truths |= 1L << FLAGS.index(flag.asText()).orElseThrow();
    }
    JsonNode score = record.path("score");
    List<Double> contributions = new ArrayList<>();
    score.path("contributions").forEach(value -> contributions.add(value.asDouble()));
    return new Signals(
        record.path("id").asText(),
        new FlagSignals(truths, 0, record.path("finestN").asInt()),
        record.path("missing").asInt(),
        record.path("imputed").asInt(),
        new Score(
            score.path("margin").asDouble(),
            score.path("bias").asDouble(),
            contributions.stream().mapToDouble(Double::doubleValue).toArray(),
            score.path("pModel").asDouble(),
            score.path("pGlm").asDouble(),
            new double[0],
            score.path("agreement").asDouble(),
            score.path("p10").asDouble(),
            score.path("p50").asDouble(),
            score.path("p90").asDouble()),
        Optional.empty());
  }

  private static Policy policy(JsonNode policy) {
    JsonNode normal = policy.path("normal");
    JsonNode caps = policy.path("caps");
    List<String> union = strings(policy.path("union"));
    if (policy.path("thin").asBoolean()) {
      union.add(Policy.THIN_SLICE);
    }
    Map<String, Limits> slices = new LinkedHashMap<>();
    policy.path("slices").properties().forEach(e -> slices.put(e.getKey(), limits(e.getValue())));
    Map<String, Double> kappa = new LinkedHashMap<>();
    policy
        .path("kappa")
        .properties()
        .forEach(e -> kappa.put(e.getKey(), e.getValue().asDouble()));
    return new Policy(
        Policy.SEMANTICS,
        "passenger",
        FLAGS,
        new Policy.Accept(
            normal.path("accept_true").asDouble(),
            normal.path("accept_false").asDouble(),
            normal.path("width").asDouble(),
            normal.path("confidence").asDouble()),
        new Policy.Fragile(
            union,
            false,
            policy.path("consensus").asText().equals("always"),
            policy.path("small_batch").asInt(),
            limits(policy.path("fragile")),
            slices),
        new Policy.ThinSlice(policy.path("n_min").asInt()),
        new Policy.Caps(
            scope(caps.path("scope")),
            caps.path("per_feature").asDouble(),
            caps.path("topk").asInt(),
            caps.path("topk_sum").asDouble(),
            caps.path("beta").asDouble(),
            "multi_high_spend"),
        new Policy.Variance(scope(policy.path("variance_scope")), kappa),
        hold(policy.path("hold")),
        new Policy.Canaries(
            policy.path("block_canaries").asBoolean(),
            new TreeSet<>(strings(policy.path("canaries")))),
        new Policy.AuditSample(0, Map.of(), ""),
        Optional.empty());
  }

  private static Policy.Hold hold(JsonNode hold) {
    return new Policy.Hold(
        hold.path("mode").asText().equals("excess")
            ? Policy.Hold.Mode.EXCESS
            : Policy.Hold.Mode.ABSOLUTE,
        hold.path("min_records").asInt(),
        hold.path("fraction").asDouble(),
        hold.path("alpha").asDouble(),
        OptionalDouble.empty());
  }

  private static Limits limits(JsonNode limits) {
    return new Limits(
        limits.path("delta").asDouble(1),
        limits.path("agreement").asDouble(0),
        limits.path("width").asDouble(1),
        limits.path("confidence").asDouble(0));
  }

  private static Policy.Scope scope(JsonNode scope) {
    return Policy.Scope.valueOf(scope.asText().toUpperCase(java.util.Locale.ROOT));
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }
}
