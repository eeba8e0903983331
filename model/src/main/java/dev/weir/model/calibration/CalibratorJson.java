package dev.weir.model.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.json.NumberFields;
import java.util.Set;

/**
 * The JSON form of a calibrator, the same bits out as in:
 *
 * <pre>
 * {"type": "platt", "slope": 1.1, "intercept": -0.2}
 * {"type": "isotonic", "margins": [-1.5, 0.3], "probabilities": [0.1, 0.8]}
 * {"type": "beta", "a": 1.2, "b": 0.9, "c": 0.1}
 * </pre>
 */
public final class CalibratorJson {
  private CalibratorJson() {}

  /**
   * The JSON object of a calibrator.
   *
   * @throws IllegalArgumentException if the calibrator is not increasing
   */
  public static ObjectNode write(Calibrator calibrator) {
    requireIncreasing(calibrator);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (calibrator instanceof Platt platt) {
      return node.put("type", "platt")
          .put("slope", platt.slope())
          .put("intercept", platt.intercept());
    }
    if (calibrator instanceof Beta beta) {
      return node.put("type", "beta").put("a", beta.a()).put("b", beta.b()).put("c", beta.c());
    }
    if (calibrator instanceof Isotonic isotonic) {
      node.put("type", "isotonic");
      NumberFields.put(node, "margins", isotonic.margins());
      NumberFields.put(node, "probabilities", isotonic.probabilities());
      return node;
    }
    throw new AssertionError(calibrator);
  }

  /**
   * The calibrator of a JSON object.
   *
   * @throws IllegalArgumentException naming field and value if the type is unknown, a field is missing, unknown or not
   *     a finite number, or the map would not be increasing
   */
  public static Calibrator read(JsonNode node) {
    Calibrator calibrator = readAny(node);
    requireIncreasing(calibrator);
    return calibrator;
  }

  private static Calibrator readAny(JsonNode node) {
    String type = node.path("type").asText("");
    switch (type) {
      case "platt" -> {
        NumberFields fields = new NumberFields(type, node, Set.of("type", "slope", "intercept"));
        return new Platt(fields.number("slope"), fields.number("intercept"));
      }
      case "beta" -> {
        NumberFields fields = new NumberFields(type, node, Set.of("type", "a", "b", "c"));
        return new Beta(fields.number("a"), fields.number("b"), fields.number("c"));
      }
      case "isotonic" -> {
        NumberFields fields =
            new NumberFields(type, node, Set.of("type", "margins", "probabilities"));
        return new Isotonic(fields.numbers("margins"), fields.numbers("probabilities"));
      }
      default ->
        throw new IllegalArgumentException(
            "calibrator.type " + node.path("type") + " is not one of platt, isotonic, beta");
    }
  }

  private static void requireIncreasing(Calibrator calibrator) {
    if (calibrator instanceof Platt platt && !platt.isIncreasing()) {
      throw new IllegalArgumentException(
          "platt.slope " + platt.slope()
              + " is negative: a greater margin would give a smaller probability; check the sign of the scores");
    }
  }
}
