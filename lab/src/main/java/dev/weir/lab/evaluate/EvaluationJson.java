package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.weir.model.bundle.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Figures for machines: every component of a record under its name. Shares are in [0, 1]; a figure that no row gives is
 * null.
 */
public final class EvaluationJson {
  private static final ObjectMapper JSON = new ObjectMapper()
      .registerModule(
          new SimpleModule().addSerializer(Fingerprint.class, ToStringSerializer.instance));

  private EvaluationJson() {}

  /** The evaluation without its rows. */
  public static ObjectNode of(Evaluation evaluation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("isWorse", evaluation.isWorse());
    json.put("rows", evaluation.judged().size());
    json.set("origin", of(evaluation.origin()));
    json.set("comparison", of(evaluation.comparison()));
    json.set("holds", of(evaluation.holds()));
    json.set("slices", of(evaluation.slices()));
    json.set("agreement", of(evaluation.agreement()));
    json.set("intervals", of(evaluation.intervals()));
    json.set("incidents", of(evaluation.corruptions().incidents()));
    json.set("summaries", of(evaluation.corruptions().summaries()));
    return json;
  }

  /** A record, or a list of them. */
  public static JsonNode of(Object figures) {
    JsonNode json = JSON.valueToTree(figures);
    tidy(json, whole -> {});
    return json;
  }

  /** NaN, which JSON has not, is null. */
  private static void tidy(JsonNode node, Consumer<JsonNode> replace) {
    if (node.isDouble() && Double.isNaN(node.doubleValue())) {
      replace.accept(JsonNodeFactory.instance.nullNode());
    } else if (node instanceof ObjectNode object) {
      List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
      names.forEach(name -> tidy(object.get(name), changed -> object.set(name, changed)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        tidy(array.get(i), changed -> array.set(at, changed));
      }
    }
  }
}
