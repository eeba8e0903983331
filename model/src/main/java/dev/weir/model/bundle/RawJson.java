package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A raw JSON value as a record parser takes it. */
public final class RawJson {
  private RawJson() {}

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
