package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.SurpriseTree;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables by which broken input is noticed, as JSON: pairs, surprises and drift. Reading throws
 * IllegalArgumentException with what is wrong.
 */
final class ChecksJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ChecksJson() {}

  static ObjectNode write(Reference reference) {
    ObjectNode json = JSON.objectNode();
    ArrayNode pairs = json.putArray("pairs");
    for (PairCounts.Table table : reference.pairs().tables()) {
      ObjectNode one = pairs.addObject().put("first", table.first()).put("second", table.second());
      ArrayNode counts = one.putArray("counts");
      for (int[] row : table.counts()) {
        counts.add(integers(row));
      }
    }
    json.set("cuts", PartsJson.matrix(reference.surprise().coding().cuts()));
    ArrayNode trees = json.putArray("trees");
    for (Optional<SurpriseTree> tree : reference.surprise().trees()) {
      trees.add(tree.<JsonNode>map(ChecksJson::tree).orElse(JSON.nullNode()));
    }
    json.set("surprises", PartsJson.matrix(reference.surprise().quantiles()));
    json.set("drift", drift(reference.drift()));
    return json;
  }

  private static ObjectNode tree(SurpriseTree tree) {
    ObjectNode json = JSON.objectNode();
    json.set("attribute", integers(tree.attribute()));
    json.set("code", integers(tree.code()));
    ArrayNode equal = json.putArray("equal");
    for (boolean one : tree.equal()) {
      equal.add(one);
    }
    json.set("left", integers(tree.left()));
    json.set("right", integers(tree.right()));
    json.set("surprises", PartsJson.matrix(tree.surprises()));
    return json;
  }

  private static ObjectNode drift(DriftTable drift) {
    ObjectNode json = JSON.objectNode();
    ArrayNode statistics = json.putArray("statistics");
    for (int s = 0; s < drift.statistics().size(); s++) {
      DriftTable.Moments of = drift.moments().get(s);
      statistics
          .addObject()
          .put("name", drift.statistics().all().get(s).name())
          .put("rows", of.rows())
          .put("mean", of.mean())
          .put("spread", of.spread())
          .put("low", of.low())
          .put("high", of.high());
    }
    json.set("sizes", integers(drift.sizes()));
    json.set("scales", PartsJson.matrix(drift.scales()));
    json.set("thresholds", PartsJson.matrix(drift.thresholds()));
    return json;
  }

  static PairCounts readPairs(JsonNode json, DomainDefinition definition, Vocabulary vocabulary) {
    List<PairCounts.Table> tables = new ArrayList<>();
    for (JsonNode one : PartsJson.array(json, "pairs")) {
      int first = integer(one, "first");
      int second = integer(one, "second");
      int[][] counts = new int[PartsJson.array(one, "counts").size()][];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = integers(one.path("counts").get(i), "counts");
      }
      int attributes = definition.domain().attributes().size();
      if (first < 0
          || second >= attributes
          || counts.length != PairCounts.size(definition.domain(), vocabulary, first)
          || counts.length == 0
          || counts[0].length != PairCounts.size(definition.domain(), vocabulary, second)) {
        throw new IllegalArgumentException("a table of pairs is not that of attributes " + first
            + " and " + second + " of the domain");
      }
      tables.add(new PairCounts.Table(first, second, counts));
    }
    return new PairCounts(tables);
  }

  static Surprise readSurprise(JsonNode json, DomainDefinition definition, Vocabulary vocabulary) {
    double[][] cuts = PartsJson.readMatrix(PartsJson.array(json, "cuts"));
    if (cuts.length != definition.domain().attributes().size()) {
      throw new IllegalArgumentException("cuts of " + cuts.length + " attributes, the domain has "
          + definition.domain().attributes().size());
    }
    List<Optional<SurpriseTree>> trees = new ArrayList<>();
    for (JsonNode tree : PartsJson.array(json, "trees")) {
      trees.add(tree.isNull() ? Optional.empty() : Optional.of(readTree(tree)));
    }
    return new Surprise(
        new Coding(definition.domain(), vocabulary, cuts),
        trees,
        PartsJson.readMatrix(PartsJson.array(json, "surprises")));
  }

  private static SurpriseTree readTree(JsonNode json) {
    JsonNode answers = PartsJson.array(json, "equal");
    boolean[] equal = new boolean[answers.size()];
    for (int i = 0; i < equal.length; i++) {
      equal[i] = answers.get(i).asBoolean();
    }
    return new SurpriseTree(
        integers(json.path("attribute"), "attribute"),
        integers(json.path("code"), "code"),
        equal,
        integers(json.path("left"), "left"),
        integers(json.path("right"), "right"),
        PartsJson.readMatrix(PartsJson.array(json, "surprises")));
  }

  static DriftTable readDrift(
      JsonNode json,
      DomainDefinition definition,
      Vocabulary vocabulary,
      Frequencies frequencies,
      Surprise surprise) {
    DriftStatistics statistics = new DriftStatistics(
        definition.domain(), definition.imputation().stratum(), vocabulary, frequencies, surprise);
    JsonNode drift = json.path("drift");
    JsonNode rows = PartsJson.array(drift, "statistics");
    DriftTable.Moments[] moments = new DriftTable.Moments[rows.size()];
    for (int s = 0; s < moments.length; s++) {
      JsonNode of = rows.get(s);
      requireName(s, of.path("name").asText(), statistics);
      moments[s] = new DriftTable.Moments(
          integer(of, "rows"),
          number(of, "mean"),
          number(of, "spread"),
          number(of, "low"),
          number(of, "high"));
    }
    return new DriftTable(
        statistics,
        moments,
        integers(drift.path("sizes"), "sizes"),
        PartsJson.readMatrix(PartsJson.array(drift, "scales")),
        PartsJson.readMatrix(PartsJson.array(drift, "thresholds")));
  }

  /* By another engine's list the numbers would belong to other statistics, and nothing would tell. */
  private static void requireName(int s, String name, DriftStatistics statistics) {
    String own = s < statistics.size() ? statistics.all().get(s).name() : "nothing";
    if (!name.equals(own)) {
      throw new IllegalArgumentException("drift.statistics[" + s + "] is '" + name
          + "', and this engine has " + own + " there; train the bundle again");
    }
  }

  private static ArrayNode integers(int[] values) {
    ArrayNode json = JSON.arrayNode();
    for (int value : values) {
      json.add(value);
    }
    return json;
  }

  private static int[] integers(JsonNode json, String name) {
    int[] values = new int[json.size()];
    boolean sound = json.isArray();
    for (int i = 0; sound && i < values.length; i++) {
      sound = json.get(i).isInt();
      values[i] = json.get(i).intValue();
    }
    if (!sound) {
      throw new IllegalArgumentException(name + " must be a list of whole numbers");
    }
    return values;
  }

  private static int integer(JsonNode json, String name) {
    if (!json.path(name).isInt()) {
      throw new IllegalArgumentException(
          name + " must be a whole number, found " + json.path(name));
    }
    return json.path(name).intValue();
  }

  private static double number(JsonNode json, String name) {
    if (!json.path(name).isNumber()) {
      throw new IllegalArgumentException(name + " must be a number, found " + json.path(name));
    }
    return json.path(name).doubleValue();
  }
}
