package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Raw values between JSON and records. */
public final class RawJson {
  private RawJson() {}

  /** Puts a value as a record gives it: a Boolean, a Number or a String. */
  public static void put(ObjectNode json, String name, Object value) {
    if (value instanceof Boolean truth) {
      json.put(name, truth);
    } else if (value instanceof Number number) {
      json.put(name, number.doubleValue());
    } else {
      json.put(name, value.toString());
    }
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
