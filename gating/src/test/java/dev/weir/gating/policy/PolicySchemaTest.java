package dev.weir.gating.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.InvalidDocument;
import dev.weir.model.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader allow the same policies, key by key. */
class PolicySchemaTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");
  private static final JsonNode JSON = tree(PolicyFile.schemaText());
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JSON);

  /** Every key that there is, but for those of the other mode of hold. */
  private static final String EVERYTHING = """
      semantics: 1
      scope: passenger
      accept: {true: 0.80, false: 0.20, width: 0.60, confidence: 0}
      fragile:
        union: [cryo_allzero, thin_slice, vip]
        unknownFlags: count_as_false
        consensus: small_batch
        smallBatch: 10
        limits: {glmDifference: 0.03, agreement: 0.99, width: 0.12, confidence: 0.80}
        slices: {cryo_allzero: {glmDifference: 0.03, agreement: 0.99, width: 0.12, confidence: 0.80}}
        extraFlags:
          vip: {equals: {field: VIP, value: true}}
          a_zero: {zeroVector: channels}
          b_imputed: {imputedZero: [Spa]}
          c_all: {allMissing: channels}
          d_any: {anyMissing: [Age, VIP]}
          e_share: {dominantShare: {fields: channels, share: 0.9, presentMin: 2}}
          f_high: {severalHigh: {fields: channels, mark: 0.95, countMin: 2}}
          g_out: {outlier: {fields: channels, mark: 0.995}}
          h_new: {unknownCategory: [HomePlanet]}
          i_both: {allOf: [{flag: a_zero}, {not: {flag: c_all}}]}
          j_some: {anyOf: [{flag: a_zero}]}
          k_two: {severalMissing: {fields: evidence, countMin: 2}}
          l_grid: {offGrid: {fields: channels, step: 0.5}}
          m_pair: {neverSeenPair: {attributes: [HomePlanet, Cabin.deck], expectedMin: 5}}
          n_odd: {surprising: {fields: evidence, quantile: 0.998}}
          o_far: {outlier: {fields: channels, mark: 0.995, factor: 2}}
          p_far: {severalHigh: {fields: channels, mark: 0.95, countMin: 2, factor: 2}}
      thinSlice: {recordsMin: 60}
      caps: {scope: fragile, perSourceLogit: 0.60, top: 3, topSumLogit: 1.0, betaHigh: 0.45, betaFlag: multi_high_spend}
      variance: {scope: fragile, kappa: {cryo_allzero: 1.90, imputed_count: 0.30}}
      hold: {mode: excess, recordsMin: 11, alpha: 0.0001, referenceRate: 0.5, drift: {falseAlarms: 0.005, recordsMin: 25}}
      canaries: {block: true, ids: ["0237_01"]}
      auditSample: {rate: 0.01, slices: {thin_slice: 0.1}, key: demo}
      promotion:
        flagged: {probability: 0.75, gates: {Age: {min: 18, max: 90}}}
        candidates: {probability: 0.8, gates: {Age: {min: 18}}}
        flips: {share: 0.2, min: 1, max: 5, shareMin: 0.01, prediction: 23}
        slow: {flips: 3, ratio: 0.1, windowHours: 336}
      """;

  private static JsonNode tree(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> complaints(String policy) {
    return SCHEMA.validate(tree(policy)).stream().map(Object::toString).sorted().toList();
  }

  private static boolean isRead(String policy) {
    try {
      PolicyFile.read("p", policy, PASSENGER);
      return true;
    } catch (InvalidDocument e) {
      return false;
    }
  }

  static Stream<String> valid() {
    String hotfix = PolicyFile.shippedText("passenger/hotfix");
    return Stream.of(
        hotfix,
        PolicyFile.shippedText("passenger/steady"),
        PolicyFile.shippedText("passenger/baseline"),
        PolicyFile.shippedText("passenger/guarded"),
        EVERYTHING,
        "semantics: 1\nscope: x\nfragile: {union: thin_slice, limits: {glmDifference: 1,"
            + " agreement: 0, width: 1, confidence: 0}}\nvariance: {kappa: {}}\n",
        hotfix.replace("absolute", "absolute, referenceRate: 0.5"),
        CanonicalJson.of(tree(EVERYTHING)));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void validPolicy_isValidToBoth(String policy) {
    assertThat(complaints(policy)).isEmpty();
    assertThat(isRead(policy)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "semantics: 1>semantics: 2",
        "true: 0.80>true: 1.5",
        "true: 0.80>true: high",
        "width: 0.60, confidence: 0}>confidence: 0}",
        "count_as_false>count_as_maybe",
        "small_batch>never",
        "smallBatch: 10>smallBatch: 1.5",
        "smallBatch: 10>smallBatch: -1",
        "agreement: 0.99, width: 0.12, confidence: 0.80}\n>agreement: 99, width: 0.12, confidence: 0.80}\n",
        "recordsMin: 60>recordsMin: null",
        "scope: fragile, perSource>scope: some, perSource",
        "perSourceLogit: 0.60>perSourceLogit: -1",
        "top: 3>top: 0",
        "top: 3>top: 65",
        "cryo_allzero: 1.90>cryo_allzero: -1",
        "mode: excess>mode: sometimes",
        "mode: excess>mode: absolute",
        "recordsMin: 11>recordsMin: 0",
        "alpha: 0.0001>fraction: 0.05",
        "block: true>block: 1",
        "[\"0237_01\"]>[0237]",
        "rate: 0.01>rate: 2",
        "thin_slice: 0.1>thin_slice: 2",
        "{min: 18, max: 90}>{}",
        "{min: 18, max: 90}>{least: 3}",
        "share: 0.2>share: 1.2",
        "max: 5>max: 2.5",
        "windowHours: 336>windowHours: 0",
        "{equals: {field: VIP, value: true}}>{equals: {field: VIP}}",
        "{zeroVector: channels}>{zeroVector: channels, allMissing: channels}",
        "{zeroVector: channels}>{}",
        "countMin: 2>countMin: 0",
        "presentMin: 2>presentMin: 65",
        "variance: {scope: fragile, kappa>variances: {scope: fragile, kappa"
      })
  void wrongPolicy_isWrongToBoth(String change) {
    String[] parts = change.split(">");
    assertThat(EVERYTHING).contains(parts[0]);
    String policy =
        EVERYTHING.replaceFirst(Pattern.quote(parts[0]), Matcher.quoteReplacement(parts[1]));
    assertThat(complaints(policy)).isNotEmpty();
    assertThat(isRead(policy)).isFalse();
  }

  /** A map of the full policy, by the path to it in the policy and in the schema. */
  private record Place(List<String> policy, List<String> schema) {
    static Place of(String policy, String schema) {
      return new Place(path(policy), path(schema));
    }

    private static List<String> path(String text) {
      return text.isEmpty() ? List.of() : Arrays.asList(text.split("/"));
    }
  }

  static Stream<Place> maps() {
    return Stream.of(
        Place.of("", ""),
        Place.of("accept", "properties/accept"),
        Place.of("fragile", "properties/fragile"),
        Place.of("fragile/limits", "properties/fragile/properties/limits"),
        Place.of(
            "fragile/slices/cryo_allzero",
            "properties/fragile/properties/slices/additionalProperties"),
        Place.of("fragile/extraFlags/vip/equals", "$defs/detector/properties/equals"),
        Place.of(
            "fragile/extraFlags/e_share/dominantShare", "$defs/detector/properties/dominantShare"),
        Place.of("fragile/extraFlags/f_high/severalHigh", "$defs/detector/properties/severalHigh"),
        Place.of("fragile/extraFlags/g_out/outlier", "$defs/detector/properties/outlier"),
        Place.of("thinSlice", "properties/thinSlice"),
        Place.of("caps", "properties/caps"),
        Place.of("variance", "properties/variance"),
        Place.of("hold", "properties/hold/oneOf/1"),
        Place.of("canaries", "properties/canaries"),
        Place.of("auditSample", "properties/auditSample"),
        Place.of("promotion", "properties/promotion"),
        Place.of("promotion/flagged", "properties/promotion/properties/flagged"),
        Place.of("promotion/candidates", "properties/promotion/properties/candidates"),
        Place.of("promotion/flagged/gates/Age", "$defs/bounds"),
        Place.of("promotion/flips", "properties/promotion/properties/flips"),
        Place.of("promotion/slow", "properties/promotion/properties/slow"));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void keys_ofEveryMap_areTheSameInBoth(Place place) {
    assertThat(keysOfTheReader(place.policy())).isEqualTo(keysOfTheSchema(place.schema()));
  }

  @Test
  void keys_ofAbsoluteHold_areTheSameInBoth() {
    ObjectNode policy = tree(PolicyFile.shippedText("passenger/hotfix")).deepCopy();
    assertThat(keysKnownAt(policy, List.of("hold")))
        .isEqualTo(keysOfTheSchema(List.of("properties", "hold", "oneOf", "0")));
  }

  @Test
  void keys_ofDetectors_areTheSameInBoth() {
    ObjectNode policy = tree(EVERYTHING).deepCopy();
    ObjectNode flags = (ObjectNode) policy.path("fragile").path("extraFlags");
    flags.set("vip", tree("{nothing: 1}"));
    InvalidDocument refused = catchThrowableOfType(
        InvalidDocument.class, () -> PolicyFile.read("p", CanonicalJson.of(policy), PASSENGER));
    assertThat(known(refused, "a detector is a map with one of \\[(.*?)\\]"))
        .isEqualTo(keysOfTheSchema(List.of("$defs", "detector")));
  }

  /* The reader names what it knows when it meets a key that it does not. */
  private static Set<String> keysOfTheReader(List<String> path) {
    return keysKnownAt(tree(EVERYTHING).deepCopy(), path);
  }

  private static Set<String> keysKnownAt(ObjectNode policy, List<String> path) {
    JsonNode map = policy;
    for (String key : path) {
      map = map.path(key);
    }
    ((ObjectNode) map).put("zzzzzzzz", 1);
    InvalidDocument refused = catchThrowableOfType(
        InvalidDocument.class, () -> PolicyFile.read("p", CanonicalJson.of(policy), PASSENGER));
    return known(refused, "zzzzzzzz'; known here: \\[(.*?)\\]");
  }

  private static Set<String> known(InvalidDocument refused, String pattern) {
    Matcher list = Pattern.compile(pattern).matcher(refused.getMessage());
    assertThat(list.find()).as(refused.getMessage()).isTrue();
    return new TreeSet<>(Arrays.asList(list.group(1).split(", ")));
  }

  private static Set<String> keysOfTheSchema(List<String> path) {
    JsonNode map = JSON;
    for (String key : path) {
      map = map.isArray() ? map.path(Integer.parseInt(key)) : map.path(key);
    }
    Set<String> keys = new TreeSet<>();
    map.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void schema_everyKey_saysWhatItIs() {
    List<String> mute = new ArrayList<>();
    collectMute(JSON, "", mute);
    assertThat(mute).isEmpty();
  }

  private static void collectMute(JsonNode schema, String path, List<String> mute) {
    schema.path("properties").properties().forEach(key -> {
      if (!key.getValue().has("description")
          && !key.getValue().has("$ref")
          && !key.getKey().equals("scope")) {
        mute.add(path + "/" + key.getKey());
      }
      collectMute(key.getValue(), path + "/" + key.getKey(), mute);
    });
  }
}
