package dev.weir.model.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** One value of a JSON document with its path, so that every refusal can say where and what. */
record JsonValue(String path, JsonNode node) {
  private static final int NUMBER_CHARACTERS_MAX = 100;
  private static final int TEXT_CHARACTERS_MAX = 1 << 20;

  /*
   * Numbers with a point are kept as decimals, because decimal -> double -> float rounds twice. NaN tokens are let through
   * here and refused by number(), with their path: XGBoost writes them, and in parts we do not read they do no harm.
   */
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(ModelLimits.JSON_DEPTH_MAX)
              .maxNumberLength(NUMBER_CHARACTERS_MAX)
              .maxStringLength(TEXT_CHARACTERS_MAX)
              .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  static JsonValue parse(byte[] json) {
    if (json.length > ModelLimits.MODEL_BYTES_MAX) {
      throw new UnreadableModel(
          "$",
          json.length + " bytes long",
          "the limit is " + ModelLimits.MODEL_BYTES_MAX + " bytes");
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      return new JsonValue("$", node);
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null
          ? ""
          : " at line " + e.getLocation().getLineNr() + ", column "
              + e.getLocation().getColumnNr();
      throw new UnreadableModel(
          "$", "not readable JSON" + place, String.valueOf(e.getOriginalMessage()));
    } catch (NumberFormatException e) {
      // Jackson lets this one through for exponents beyond what BigDecimal holds.
      throw new UnreadableModel(
          "$", "not readable JSON", "a number that even decimals cannot hold");
    } catch (IOException e) {
      throw new UncheckedIOException("reading from an array cannot fail", e);
    }
  }

  UnreadableModel refuse(String problem) {
    return new UnreadableModel(path, node.isMissingNode() ? "missing" : node, problem);
  }

  /** The field of this object, which must have it. */
  JsonValue field(String name) {
    return optional(name)
        .orElseThrow(() -> node.isObject()
            ? new UnreadableModel(path + "." + name, "missing", "an XGBoost model needs it")
            : refuse("expected an object with the field " + name));
  }

  Optional<JsonValue> optional(String name) {
    JsonNode child = node.get(name);
    return child == null ? Optional.empty() : Optional.of(new JsonValue(path + "." + name, child));
  }

  /** The element of this array; {@code index} must be below {@link #length}. */
  JsonValue at(int index) {
    return new JsonValue(path + "[" + index + "]", node.path(index));
  }

  /** The length of this array. */
  int length(int max) {
    if (!node.isArray()) {
      throw refuse("expected an array");
    }
    if (node.size() > max) {
      throw new UnreadableModel(path, node.size() + " long", "the limit is " + max);
    }
    return node.size();
  }

  void checkLength(int expected) {
    int length = length(Integer.MAX_VALUE);
    if (length != expected) {
      throw new UnreadableModel(path, length + " long", "expected " + expected + " entries");
    }
  }

  String text() {
    if (!node.isTextual()) {
      throw refuse("expected a string");
    }
    return node.textValue();
  }

  /** A whole number in [min, max]; XGBoost writes those among the parameters as strings. */
  int integer(int min, int max) {
    String digits = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    long value;
    try {
      value = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw refuse("expected a whole number");
    }
    if (value < min || value > max) {
      throw refuse("outside [" + min + ", " + max + "]");
    }
    return (int) value;
  }

  /** A finite number, rounded once to float32. */
  float number() {
    if (!node.isNumber()) {
      throw refuse("expected a number");
    }
    return finite(node.floatValue());
  }

  float finite(float value) {
    if (!Float.isFinite(value)) {
      throw refuse("expected a finite number within the range of float32");
    }
    return value;
  }

  /** 0 or 1, or false or true as XGBoost wrote before 1.6. */
  boolean flag() {
    return node.isBoolean() ? node.booleanValue() : integer(0, 1) == 1;
  }

  int[] integers(int length, int min, int max) {
    checkLength(length);
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      JsonNode child = node.path(i);
      values[i] = child.canConvertToInt()
              && child.isInt()
              && child.intValue() >= min
              && child.intValue() <= max
          ? child.intValue()
          : at(i).integer(min, max);
    }
    return values;
  }

  /*
   * Not checked to be finite here: deleted nodes may hold anything. TreeNodes checks what is reachable.
   */
  float[] numbers(int length) {
    checkLength(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      JsonNode child = node.path(i);
      if (!child.isNumber()) {
        throw at(i).refuse("expected a number");
      }
      values[i] = child.floatValue();
    }
    return values;
  }

  boolean[] flags(int length) {
    checkLength(length);
    boolean[] values = new boolean[length];
    for (int i = 0; i < length; i++) {
      values[i] = at(i).flag();
    }
    return values;
  }
}
