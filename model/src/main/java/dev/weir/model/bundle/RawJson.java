package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Raw values in JSON, both ways. */
public final class RawJson {
  private RawJson() {}

  /** A received value (Double, Long, Boolean or String) as JSON; null where missing. */
  public static JsonNode node(Optional<Object> received) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (received.isEmpty()) {
      return json.nullNode();
    }
    Object value = received.get();
    if (value instanceof Boolean truth) {
      return json.booleanNode(truth);
    }
    return value instanceof Number number
        ? json.numberNode(number.doubleValue())
        : json.textNode(value.toString());
  }

  /** A String, Number, Boolean, or null where missing; a list or an object as its text. */
  public static @Nullable Object value(JsonNode json) {
    return switch (json.getNodeType()) {
      case MISSING, NULL -> null;
      case NUMBER -> json.numberValue();
      case BOOLEAN -> json.booleanValue();
      case STRING -> json.textValue();
      default -> json;
    };
  }
}
