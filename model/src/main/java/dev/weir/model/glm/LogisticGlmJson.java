package dev.weir.model.glm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.json.NumberFields;
import java.util.Set;

/**
 * The JSON form of a {@link LogisticGlm}, the same bits out as in:
 *
 * <pre>
 * {"intercept": -0.2, "means": [1.5], "scales": [0.4], "coefficients": [0.9]}
 * </pre>
 */
public final class LogisticGlmJson {
  private LogisticGlmJson() {}

  /** The JSON object of a model. */
  public static ObjectNode write(LogisticGlm model) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("intercept", model.intercept());
    NumberFields.put(node, "means", model.means());
    NumberFields.put(node, "scales", model.scales());
    NumberFields.put(node, "coefficients", model.coefficients());
    return node;
  }

  /**
   * The model of a JSON object.
   *
   * @throws IllegalArgumentException naming field and value if a field is missing, unknown or not finite, a scale is
   *     not above 0, or the lengths differ
   */
  public static LogisticGlm read(JsonNode node) {
    NumberFields fields =
        new NumberFields("glm", node, Set.of("intercept", "means", "scales", "coefficients"));
    return new LogisticGlm(
        fields.numbers("means"),
        fields.numbers("scales"),
        fields.numbers("coefficients"),
        fields.number("intercept"));
  }
}
