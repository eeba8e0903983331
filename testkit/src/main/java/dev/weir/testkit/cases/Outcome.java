package dev.weir.testkit.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a gate did with a case, however it was run.
 *
 * @param lines decisions as JSON objects, and {@code {"hold": …}}, {@code {"alert": …}}, {@code
 *     {"deadLetter": …}}
 */
public record Outcome(List<JsonNode> lines) {
  public Outcome {
    lines = List.copyOf(lines);
  }

  /** Where this is not what a case expects; empty if it is. In any order of lines. */
  public List<String> differences(List<JsonNode> expected) {
    List<String> differences = new ArrayList<>();
    List<JsonNode> left = new ArrayList<>(lines);
    for (JsonNode line : expected) {
      JsonNode found = left.stream()
          .filter(candidate -> isAbout(line, candidate))
          .findFirst()
          .orElse(null);
      if (found == null) {
        differences.add("missing: " + line);
      } else {
        left.remove(found);
        compare(line.path("recordId").asText(), line, found, differences);
      }
    }
    left.forEach(line -> differences.add("not expected: " + line));
    return differences;
  }

  /* Decisions are told apart by their record; a hold or an alert is whichever fits. */
  private static boolean isAbout(JsonNode expected, JsonNode found) {
    if (expected.has("recordId")) {
      return expected.path("recordId").equals(found.path("recordId"));
    }
    List<String> differences = new ArrayList<>();
    compare("", expected, found, differences);
    return differences.isEmpty();
  }

  private static void compare(
      String path, JsonNode expected, JsonNode found, List<String> differences) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(property -> compare(
              path + "." + property.getKey(),
              property.getValue(),
              found.path(property.getKey()),
              differences));
    } else if (expected.isArray() && expected.size() == found.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "[" + i + "]", expected.get(i), found.get(i), differences);
      }
    } else if (!isSame(expected, found)) {
      differences.add(path + " is " + found + ", expected " + expected);
    }
  }

  /* A number is expected to the digits that the case gives. */
  private static boolean isSame(JsonNode expected, JsonNode found) {
    if (expected.isNumber() && found.isNumber()) {
      BigDecimal digits = expected.decimalValue();
      BigDecimal value =
          new BigDecimal(found.asText()).setScale(digits.scale(), RoundingMode.HALF_EVEN);
      return value.compareTo(digits) == 0;
    }
    return Objects.equals(expected, found);
  }
}
