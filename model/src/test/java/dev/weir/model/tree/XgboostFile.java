package dev.weir.model.tree;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a model of threshold splits as XGBoost 3 would, with 1000 rows at each root. The engine
 * itself writes none: a bundle keeps the files it was given.
 */
public final class XgboostFile {
  private XgboostFile() {}

  public static byte[] of(TreeModel model) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putArray("version").add(3).add(0).add(4);
    ObjectNode learner = root.putObject("learner");
    learner.putObject("objective").put("name", model.objective().label());
    ObjectNode parameters = learner.putObject("learner_model_param");
    List<String> base = new ArrayList<>();
    for (int target = 0; target < model.targetCount(); target++) {
      base.add(Float.toString(model.baseMargin(target)));
    }
    parameters.put("base_score", base.toString());
    parameters.put("num_feature", Integer.toString(model.featureCount()));
    parameters.put("num_target", Integer.toString(model.targetCount()));
    ObjectNode booster = learner.putObject("gradient_booster").put("name", "gbtree");
    ObjectNode content = booster.putObject("model");
    content.putObject("gbtree_model_param").put("num_trees", Integer.toString(model.treeCount()));
    ArrayNode targets = content.putArray("tree_info");
    ArrayNode trees = content.putArray("trees");
    for (int tree = 0; tree < model.treeCount(); tree++) {
      targets.add(model.targetOfTree(tree));
      write(model.trees().get(tree), trees.addObject());
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Nodes in the order of their depth; those nobody points to are left out. */
  private static void write(Tree tree, ObjectNode json) {
    List<Integer> order = new ArrayList<>(List.of(0));
    List<Float> coverage = new ArrayList<>(List.of(1000f));
    ArrayNode left = json.putArray("left_children");
    ArrayNode right = json.putArray("right_children");
    ArrayNode feature = json.putArray("split_indices");
    ArrayNode condition = json.putArray("split_conditions");
    ArrayNode missingLeft = json.putArray("default_left");
    ArrayNode hessian = json.putArray("sum_hessian");
    for (int i = 0; i < order.size(); i++) {
      int node = order.get(i);
      boolean leaf = tree.isLeaf(node);
      left.add(leaf ? -1 : order.size());
      right.add(leaf ? -1 : order.size() + 1);
      feature.add(leaf ? 0 : tree.feature(node));
      condition.add(tree.threshold(node));
      missingLeft.add(!leaf && tree.missingGoesLeft(node) ? 1 : 0);
      hessian.add(coverage.get(i));
      if (!leaf) {
        for (int child : new int[] {tree.left(node), tree.right(node)}) {
          order.add(child);
          coverage.add((float) (coverage.get(i) * tree.share(child, node)));
        }
      }
    }
    ObjectNode parameters = json.putObject("tree_param");
    parameters.put("num_nodes", Integer.toString(order.size()));
    parameters.put("size_leaf_vector", "1");
  }
}
