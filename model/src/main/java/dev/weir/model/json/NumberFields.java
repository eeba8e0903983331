package dev.weir.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * One JSON object of which exactly the named fields are expected and whose numbers are finite.
 *
 * <p>Every refusal is an {@link IllegalArgumentException} that names the field and the value found.
 */
public final class NumberFields {
  private final String owner;
  private final JsonNode node;

  /**
   * The fields of an object.
   *
   * @param owner what the object describes, the first word of every message
   * @param allowed the names it may have
   * @throws IllegalArgumentException if {@code node} is no object or has another field
   */
  public NumberFields(String owner, JsonNode node, Set<String> allowed) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          owner + ": expected an object, found " + node.getNodeType());
    }
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(owner + "." + name + " is not a known field");
      }
    }
    this.owner = owner;
    this.node = node;
  }

  /** The finite number of a field. */
  public double number(String field) {
    return finite(field, node.path(field));
  }

  /** The finite numbers of an array field, which may be empty. */
  public double[] numbers(String field) {
    JsonNode array = node.path(field);
    if (!array.isArray()) {
      throw new IllegalArgumentException(
          owner + "." + field + " " + shown(array) + " is not an array of numbers");
    }
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = finite(field + "[" + i + "]", array.path(i));
    }
    return values;
  }

  /** Puts an array of numbers into an object, for the writing side. */
  public static void put(ObjectNode object, String field, double[] values) {
    ArrayNode array = object.putArray(field);
    for (double value : values) {
      array.add(value);
    }
  }

  private double finite(String field, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new IllegalArgumentException(
          owner + "." + field + " " + shown(value) + " is not a finite number");
    }
    return value.doubleValue();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "(missing)" : value.toString();
  }
}
