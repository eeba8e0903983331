package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.tree.XgboostJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The trees of one member as its XGBoost file has them, for engines that take them from us.
 *
 * @param baseMargin what the trees are added to
 */
record BoosterFile(int features, float baseMargin, List<Nodes> trees) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One tree: node 0 is the root; left[i] is -1 at a leaf, whose value is then in condition[i]. */
  record Nodes(int[] left, int[] right, int[] feature, float[] condition, boolean[] missingLeft) {
    boolean isLeaf(int node) {
      return left[node] < 0;
    }

    int depth(int node) {
      return isLeaf(node) ? 0 : 1 + Math.max(depth(left[node]), depth(right[node]));
    }

    boolean goesLeft(int node, float value) {
      return Float.isNaN(value) ? missingLeft[node] : value < condition[node];
    }
  }

  static BoosterFile read(byte[] json) {
    JsonNode learner = parse(json).path("learner");
    List<Nodes> trees = new ArrayList<>();
    for (JsonNode tree : model(learner).path("trees")) {
      trees.add(nodes(tree));
    }
    return new BoosterFile(
        Integer.parseInt(learner.path("learner_model_param").path("num_feature").asText()),
        XgboostJson.read(json).baseMargin(0),
        trees);
  }

  /**
   * The mean of members as one file of all their trees, which XGBoost scores in one call. Leaves are
   * divided by the number of members, which is exact for powers of two.
   */
  static byte[] merged(List<byte[]> members) {
    ObjectNode first = parse(members.get(0));
    ObjectNode model = (ObjectNode) model(first.path("learner"));
    ArrayNode trees = model.putArray("trees");
    ArrayNode targets = model.putArray("tree_info");
    ArrayNode rounds = model.putArray("iteration_indptr").add(0);
    double base = 0;
    for (byte[] member : members) {
      base += (double) XgboostJson.read(member).baseMargin(0) / members.size();
      for (JsonNode tree : model(parse(member).path("learner")).path("trees")) {
        trees.add(divided((ObjectNode) tree, members.size()).put("id", targets.size()));
        targets.add(0);
        rounds.add(targets.size());
      }
    }
    ((ObjectNode) model.path("gbtree_model_param"))
        .put("num_trees", Integer.toString(targets.size()));
    // XGBoost silently reads a base score of more digits than float32 needs as 0.5.
    ((ObjectNode) first.path("learner").path("learner_model_param"))
        .put("base_score", Float.toString((float) (1 / (1 + StrictMath.exp(-base)))));
    return first.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode divided(ObjectNode tree, int members) {
    Nodes nodes = nodes(tree);
    ArrayNode conditions = tree.putArray("split_conditions");
    for (int i = 0; i < nodes.left.length; i++) {
      conditions.add(nodes.isLeaf(i) ? nodes.condition[i] / members : nodes.condition[i]);
    }
    return tree;
  }

  private static JsonNode model(JsonNode learner) {
    return learner.path("gradient_booster").path("model");
  }

  private static ObjectNode parse(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Nodes nodes(JsonNode tree) {
    int count = tree.path("left_children").size();
    Nodes nodes = new Nodes(
        new int[count], new int[count], new int[count], new float[count], new boolean[count]);
    for (int i = 0; i < count; i++) {
      nodes.left[i] = tree.path("left_children").get(i).intValue();
      nodes.right[i] = tree.path("right_children").get(i).intValue();
      nodes.feature[i] = tree.path("split_indices").get(i).intValue();
      nodes.condition[i] = tree.path("split_conditions").get(i).floatValue();
      nodes.missingLeft[i] = tree.path("default_left").get(i).asInt() == 1;
    }
    return nodes;
  }
}
