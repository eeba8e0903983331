package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.feature.Imputer;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.prior.PriorPlan;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The learnt tables as JSON. Reading throws IllegalArgumentException with what is wrong. */
final class PartsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PartsJson() {}

  static ObjectNode reference(Reference reference, DomainDefinition definition) {
    ObjectNode json = JSON.objectNode();
    json.set("marks", matrix(reference.marks().quantiles()));
    ArrayNode vocabulary = json.putArray("vocabulary");
    for (int a = 0; a < definition.domain().attributes().size(); a++) {
      ArrayNode categories = vocabulary.addArray();
      reference.vocabulary().categories(a).forEach(categories::add);
    }
    json.set("sums", vector(reference.sums().ascending()));
    json.set("frequencies", frequencies(reference.frequencies()));
    return json;
  }

  static Reference readReference(JsonNode json, JsonNode checks, DomainDefinition definition) {
    List<List<String>> vocabulary = new ArrayList<>();
    for (JsonNode categories : array(json, "vocabulary")) {
      List<String> names = new ArrayList<>();
      categories.forEach(name -> names.add(name.asText()));
      vocabulary.add(names);
    }
    int attributes = definition.domain().attributes().size();
    if (vocabulary.size() != attributes) {
      throw new IllegalArgumentException(
          "vocabulary has " + vocabulary.size() + " attributes, the domain " + attributes);
    }
    double[][] marks = readMatrix(array(json, "marks"));
    if (marks.length != definition.domain().channels().length) {
      throw new IllegalArgumentException("marks has " + marks.length + " channels, the domain "
          + definition.domain().channels().length);
    }
    Vocabulary words = new Vocabulary(vocabulary);
    Frequencies frequencies =
        readFrequencies(json.path("frequencies"), definition.domain(), vocabulary);
    Surprise surprise = ChecksJson.readSurprise(checks, definition, words);
    return new Reference(
        Marks.of(marks),
        words,
        new SumDistribution(readVector(array(json, "sums"))),
        frequencies,
        ChecksJson.readPairs(checks, definition, words),
        surprise,
        ChecksJson.readDrift(checks, definition, words, frequencies, surprise));
  }

  private static ObjectNode frequencies(Frequencies frequencies) {
    ObjectNode json = JSON.objectNode();
    json.put("rows", frequencies.rows());
    json.set("missing", counts(frequencies.missing()));
    json.set("imputed", counts(frequencies.imputed()));
    json.set("observed", counts(frequencies.observed()));
    json.set("zeros", counts(frequencies.zeros()));
    ArrayNode categories = json.putArray("categories");
    for (int[] counts : frequencies.categories()) {
      categories.add(counts(counts));
    }
    return json;
  }

  private static Frequencies readFrequencies(
      JsonNode json, Domain domain, List<List<String>> vocabulary) {
    JsonNode lists = array(json, "categories");
    if (!json.path("rows").isInt() || lists.size() != vocabulary.size()) {
      throw new IllegalArgumentException("frequencies need rows, and categories by attribute");
    }
    int[][] categories = new int[vocabulary.size()][];
    for (int a = 0; a < categories.length; a++) {
      categories[a] = readCounts(lists.get(a), "categories", vocabulary.get(a).size());
    }
    int evidence = domain.evidence().length;
    int channels = domain.channels().length;
    return new Frequencies(
        json.path("rows").intValue(),
        readCounts(json.path("missing"), "missing", evidence),
        readCounts(json.path("imputed"), "imputed", evidence),
        readCounts(json.path("observed"), "observed", channels),
        readCounts(json.path("zeros"), "zeros", channels),
        categories);
  }

  private static ArrayNode counts(int[] counts) {
    ArrayNode json = JSON.arrayNode();
    for (int count : counts) {
      json.add(count);
    }
    return json;
  }

  private static int[] readCounts(JsonNode json, String name, int length) {
    int[] counts = new int[length];
    boolean sound = json.isArray() && json.size() == length;
    for (int i = 0; sound && i < length; i++) {
      sound = json.get(i).isInt();
      counts[i] = json.get(i).intValue();
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "frequencies." + name + " must be a list of " + length + " whole numbers");
    }
    return counts;
  }

  static ObjectNode imputer(Imputer imputer) {
    ObjectNode json = JSON.objectNode();
    json.set("fills", matrix(imputer.fills()));
    return json;
  }

  static Imputer readImputer(JsonNode json, DomainDefinition definition, Reference reference) {
    double[][] fills = readMatrix(array(json, "fills"));
    for (double[] stratum : fills) {
      if (stratum.length != definition.domain().attributes().size()) {
        throw new IllegalArgumentException("a stratum fills " + stratum.length + " attributes");
      }
    }
    return new Imputer(definition.domain(), definition.imputation(), reference, fills);
  }

  static ObjectNode priors(SlicePriors priors) {
    ObjectNode json = JSON.objectNode();
    json.set("all", cell(priors.all()));
    ArrayNode levels = json.putArray("levels");
    for (Map<String, SlicePriors.Cell> level : priors.levels()) {
      ObjectNode cells = levels.addObject();
      level.forEach((key, cell) -> cells.set(key, cell(cell)));
    }
    return json;
  }

  static SlicePriors readPriors(JsonNode json, PriorPlan plan) {
    List<Map<String, SlicePriors.Cell>> levels = new ArrayList<>();
    for (JsonNode level : array(json, "levels")) {
      Map<String, SlicePriors.Cell> cells = new TreeMap<>();
      level.properties().forEach(e -> cells.put(e.getKey(), readCell(e.getValue())));
      levels.add(cells);
    }
    return new SlicePriors(plan, levels, readCell(json.path("all")));
  }

  private static ArrayNode cell(SlicePriors.Cell cell) {
    return JSON.arrayNode().add(cell.n()).add(cell.trues());
  }

  private static SlicePriors.Cell readCell(JsonNode json) {
    if (json.size() != 2 || !json.path(0).isNumber() || !json.path(1).isNumber()) {
      throw new IllegalArgumentException("a prior cell is [records, trues], found " + json);
    }
    return new SlicePriors.Cell(json.get(0).asInt(), json.get(1).asInt());
  }

  static ObjectNode flagCounts(FlagCounts counts, FlagSet flags) {
    ObjectNode json = JSON.objectNode();
    ArrayNode combinations = json.putArray("combinations");
    for (FlagCounts.Combination combination : counts.combinations()) {
      ObjectNode one = combinations.addObject();
      names(one.putArray("true"), flags.names(combination.truths()));
      names(one.putArray("unknown"), flags.names(combination.unknowns()));
      one.put("finestN", combination.finestN());
      one.put("count", combination.count());
    }
    return json;
  }

  static FlagCounts readFlagCounts(JsonNode json, FlagSet flags) {
    List<FlagCounts.Combination> combinations = new ArrayList<>();
    for (JsonNode one : array(json, "combinations")) {
      combinations.add(new FlagCounts.Combination(
          mask(one.path("true"), flags),
          mask(one.path("unknown"), flags),
          whole(one, "finestN"),
          whole(one, "count")));
    }
    return new FlagCounts(combinations);
  }

  private static int whole(JsonNode json, String name) {
    if (!json.path(name).isInt()) {
      throw new IllegalArgumentException(
          name + " must be a whole number, found " + json.path(name));
    }
    return json.path(name).intValue();
  }

  static ObjectNode training(TrainingFacts facts) {
    ObjectNode json = JSON.objectNode();
    json.put("rows", facts.rows());
    json.put("data", facts.data().hex());
    json.put("seed", facts.seed());
    ObjectNode quality = json.putObject("quality");
    facts.quality().forEach(quality::put);
    return json;
  }

  static TrainingFacts readTraining(JsonNode json) {
    Map<String, Double> quality = new LinkedHashMap<>();
    json.path("quality")
        .properties()
        .forEach(e -> quality.put(e.getKey(), e.getValue().asDouble()));
    return new TrainingFacts(
        whole(json, "rows"),
        Fingerprint.ofHex(json.path("data").asText()),
        json.path("seed").asLong(),
        quality);
  }

  private static void names(ArrayNode array, List<String> names) {
    names.forEach(array::add);
  }

  private static long mask(JsonNode names, FlagSet flags) {
    long mask = 0;
    for (JsonNode name : names) {
      mask |= 1L
          << flags
              .index(name.asText())
              .orElseThrow(() -> new IllegalArgumentException("unknown flag " + name));
    }
    return mask;
  }

  static JsonNode array(JsonNode json, String key) {
    JsonNode array = json.path(key);
    if (!array.isArray()) {
      throw new IllegalArgumentException(
          "'" + key + "' must be a list, found " + array.getNodeType());
    }
    return array;
  }

  static ArrayNode matrix(double[][] rows) {
    ArrayNode json = JSON.arrayNode();
    for (double[] row : rows) {
      json.add(vector(row));
    }
    return json;
  }

  /** NaN, which JSON cannot say, is written as null. */
  private static ArrayNode vector(double[] values) {
    ArrayNode json = JSON.arrayNode();
    for (double value : values) {
      if (Double.isNaN(value)) {
        json.addNull();
      } else {
        json.add(value);
      }
    }
    return json;
  }

  static double[][] readMatrix(JsonNode json) {
    double[][] rows = new double[json.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = readVector(json.get(i));
    }
    return rows;
  }

  private static double[] readVector(JsonNode json) {
    double[] values = new double[json.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = json.get(i);
      if (!value.isNull() && !value.isNumber()) {
        throw new IllegalArgumentException("expected a number, found " + value);
      }
      values[i] = value.isNull() ? Double.NaN : value.doubleValue();
    }
    return values;
  }
}
