package dev.weir.model.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The hand-made model files among the test resources.
 *
 * <pre>
 * two-trees.json, tree 0 (nodes 5 and 6 deleted)         tree 1
 *   0: x0 &lt; 1.5, missing right        h 40               0: x0 &lt; -2, missing left            h 40
 *     1: -0.5                         h 30                 1: 0.125                           h 10
 *     2: x1 &lt; 0.1f, missing left      h 10                 2: x0 &lt; 1.5, missing left          h 30
 *       3: 0.25                       h 4                    3: -0.25                         h 20
 *       4: 1                          h 6                    4: 0.5                           h 10
 * mean(2) = 0.7, mean(0) = -0.2                          mean(2) = 0, mean(0) = 0.03125
 * </pre>
 *
 * two-quantiles.json has tree 0 for target 1 and tree 1 for target 0; category.json has one tree: codes {1, 33} of x2 give 1,
 * all else x0 &lt; 0 ? -1 : -2, missing codes too.
 */
final class ModelFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ModelFiles() {}

  static byte[] bytes(String name) {
    try (InputStream in = ModelFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TreeModel read(String name) {
    return XgboostJson.read(bytes(name));
  }

  /** The file with one value replaced or added, at a path like {@code /learner/objective/name}. */
  static byte[] with(String name, String pointer, String json) {
    try {
      JsonNode root = MAPPER.readTree(bytes(name));
      int slash = pointer.lastIndexOf('/');
      JsonNode parent = root.at(pointer.substring(0, slash));
      String last = pointer.substring(slash + 1);
      JsonNode value = MAPPER.readTree(
          json.startsWith("NaN") || json.startsWith("-Inf") ? "\"@" + json + "\"" : json);
      if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(last), value);
      } else {
        ((ObjectNode) parent).set(last, value);
      }
      // Jackson does not write bare NaN tokens from a tree.
      return MAPPER
          .writeValueAsString(root)
          .replace("\"@NaN\"", "NaN")
          .replace("\"@-Infinity\"", "-Infinity")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float margin(TreeModel model, float... row) {
    float[] margins = new float[1];
    TreeEnsemble.of(List.of(model)).margins(row, margins);
    return margins[0];
  }
}
