package dev.weir.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON canonicalization scheme (RFC 8785): one text for one value, on every machine.
 *
 * <p>Keys are sorted by UTF-16 code units, numbers are doubles in ECMAScript's shortest form.
 */
public final class CanonicalJson {
  /** Room for a decision, so that its text seldom has to grow. */
  private static final int LENGTH = 4096;

  private CanonicalJson() {}

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for NaN or an infinity, which JSON cannot say, and for half a
   *     surrogate pair, which UTF-8 cannot
   */
  public static String of(JsonNode value) {
    StringBuilder text = new StringBuilder(LENGTH);
    write(value, true, text);
    return text.toString();
  }

  /** The canonical text of an object as if it did not have some of its properties. */
  public static String without(Set<String> names, ObjectNode value) {
    Map<String, JsonNode> rest = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      if (!names.contains(property.getKey())) {
        rest.put(property.getKey(), property.getValue());
      }
    }
    StringBuilder text = new StringBuilder(LENGTH);
    writeObject(rest.entrySet(), true, text);
    return text.toString();
  }

  /** The same text with every object's keys in their own order, for people to read. */
  public static String inOwnOrder(JsonNode value) {
    StringBuilder text = new StringBuilder(LENGTH);
    write(value, false, text);
    return text.toString();
  }

  private static void write(JsonNode value, boolean sorted, StringBuilder text) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value.properties(), sorted, text);
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < value.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(value.get(i), sorted, text);
        }
        text.append(']');
      }
      case STRING -> quote(value.textValue(), text);
      case NUMBER -> text.append(number(value.doubleValue()));
      case BOOLEAN -> text.append(value.booleanValue());
      case NULL -> text.append("null");
      default -> throw new IllegalArgumentException("no JSON value: " + value.getNodeType());
    }
  }

  private static void writeObject(
      Set<Map.Entry<String, JsonNode>> properties, boolean sorted, StringBuilder text) {
    Collection<Map.Entry<String, JsonNode>> inOrder = properties;
    if (sorted) {
      List<Map.Entry<String, JsonNode>> byName = new ArrayList<>(properties);
      byName.sort(Map.Entry.comparingByKey());
      inOrder = byName;
    }
    text.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> property : inOrder) {
      text.append(separator);
      quote(property.getKey(), text);
      text.append(':');
      write(property.getValue(), sorted, text);
      separator = ",";
    }
    text.append('}');
  }

  static void quote(String value, StringBuilder text) {
    text.append('"');
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        text.append(value, plain, i);
        escape(c, text);
        plain = i + 1;
      } else if (Character.isSurrogate(c)) {
        requirePair(value, i);
        i++;
      }
    }
    text.append(value, plain, value.length()).append('"');
  }

  private static void requirePair(String value, int at) {
    if (at + 1 >= value.length()
        || !Character.isSurrogatePair(value.charAt(at), value.charAt(at + 1))) {
      throw new IllegalArgumentException("text with half a surrogate pair has no canonical JSON");
    }
  }

  private static void escape(char c, StringBuilder text) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }

  /**
   * A number as ECMAScript's Number.prototype.toString writes it (RFC 8785, 3.2.2.3).
   *
   * @throws IllegalArgumentException for NaN or an infinity
   */
  public static String number(double value) {
    byte[] text = new byte[ShortestDecimal.BYTES_MAX];
    return new String(text, 0, ShortestDecimal.write(value, text, 0), StandardCharsets.US_ASCII);
  }
}
