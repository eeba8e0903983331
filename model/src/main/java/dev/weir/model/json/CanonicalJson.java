package dev.weir.model.json;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /** Whole numbers below are written digit by digit by ECMAScript too. */
  private static final double WHOLE_MAX = 1e15;

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

  private static void quote(String value, StringBuilder text) {
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
      default -> text.append(String.format("\\u%04x", (int) c));
    }
  }

  /**
   * A number as ECMAScript's Number.prototype.toString writes it (RFC 8785, 3.2.2.3).
   *
   * @throws IllegalArgumentException for NaN or an infinity
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
    if (Math.abs(value) < WHOLE_MAX && value == (long) value) {
      return Long.toString((long) value);
    }
    // Schubfach's digits are the shortest that read back; Double.toString's are not before Java 19.
    String java = DoubleToDecimal.toString(Math.abs(value));
    int e = java.indexOf('E');
    if (e < 0) {
      // From 0.001 to 10 million Java's layout is ECMAScript's; ".0" is a whole number's alone.
      return value < 0 ? "-" + java : java;
    }
    String mantissa = java.substring(0, e);
    int point = mantissa.indexOf('.');
    int exponent = Integer.parseInt(java.substring(e + 1)) + point;
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int leading = 0;
    while (digits.charAt(leading) == '0') {
      leading++;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    String sign = value < 0 ? "-" : "";
    String shortest = digits.substring(leading, end);
    if (shortest.length() == 2) {
      // Java writes two digits even where one reads back: 4.9E-324 is 5e-324 to ECMAScript.
      long one = Math.round(Integer.parseInt(shortest) / 10.0);
      String single = one + "e" + (exponent - leading - 1);
      if (Double.parseDouble(single) == Math.abs(value)) {
        return sign
            + (one == 10
                ? layout("1", exponent - leading + 1)
                : layout(String.valueOf(one), exponent - leading));
      }
    }
    return sign + layout(shortest, exponent - leading);
  }

  /** Digits d with value 0.d·10^n, laid out by ECMA-262's rules. */
  private static String layout(String digits, int n) {
    int k = digits.length();
    if (k <= n && n <= 21) {
      return digits + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return digits.substring(0, n) + "." + digits.substring(n);
    }
    if (-6 < n && n <= 0) {
      return "0." + "0".repeat(-n) + digits;
    }
    String exponent = (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
    return digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + "e" + exponent;
  }
}
