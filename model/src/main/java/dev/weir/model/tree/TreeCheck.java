package dev.weir.model.tree;

import java.util.Arrays;

/** The check that what the root of a tree reaches is a tree, and that every number in it can be scored with. */
final class TreeCheck {
  private static final int UNSEEN = -2;

  private final TreeNodes nodes;
  private final int featureCount;
  private final String path;
  private final int[] parent;
  private final int[] depth;

  TreeCheck(TreeNodes nodes, int featureCount, String path) {
    this.nodes = nodes;
    this.featureCount = featureCount;
    this.path = path;
    parent = new int[nodes.count()];
    depth = new int[nodes.count()];
  }

  /** The reachable nodes, parents before children. */
  int[] preorder() {
    Arrays.fill(parent, UNSEEN);
    int[] order = new int[nodes.count()];
    int[] stack = new int[nodes.count() + 1];
    int stacked = 0;
    int ordered = 0;
    parent[0] = -1;
    stack[stacked++] = 0;
    while (stacked > 0) {
      int node = stack[--stacked];
      order[ordered++] = node;
      checkNumbers(node);
      if (nodes.isLeaf(node)) {
        continue;
      }
      adopt(node, nodes.right[node], "right_children");
      adopt(node, nodes.left[node], "left_children");
      stack[stacked++] = nodes.right[node];
      stack[stacked++] = nodes.left[node];
    }
    return Arrays.copyOf(order, ordered);
  }

  /** After {@link #preorder}: the parent of each reachable node, negative for the root and the unreachable. */
  int[] parents() {
    return parent;
  }

  private void adopt(int node, int child, String side) {
    if (child < 0 || child >= nodes.count()) {
      throw refuse(side, node, child, "the tree's nodes are 0 to " + (nodes.count() - 1));
    }
    if (parent[child] != UNSEEN) {
      throw refuse(
          side, node, child, isAbove(child, node) ? "a cycle" : "the node already has a parent");
    }
    parent[child] = node;
    depth[child] = depth[node] + 1;
    if (depth[child] > ModelLimits.TREE_DEPTH_MAX) {
      throw refuse(
          side, node, child, "deeper than the limit of " + ModelLimits.TREE_DEPTH_MAX + " splits");
    }
  }

  private boolean isAbove(int candidate, int node) {
    int above = node;
    while (above != candidate && above >= 0) {
      above = parent[above];
    }
    return above == candidate;
  }

  private void checkNumbers(int node) {
    float value = nodes.value[node];
    boolean aboveAll =
        nodes.infiniteThresholds && !nodes.isLeaf(node) && value == Float.POSITIVE_INFINITY;
    if (!Float.isFinite(value) && !aboveAll) {
      throw refuse(
          "split_conditions",
          node,
          value,
          (nodes.isLeaf(node) ? "a leaf's value" : "a threshold") + " must be finite in float32");
    }
    float coverage = nodes.coverage[node];
    if (!(Float.isFinite(coverage) && coverage >= 0)) {
      throw refuse(
          nodes.coverageName, node, coverage, "expected a finite number that is not negative");
    }
    if (nodes.isLeaf(node)) {
      if (nodes.right[node] != -1) {
        throw refuse(
            "right_children",
            node,
            nodes.right[node],
            "a node without a left child must have no right one");
      }
    } else if (nodes.feature[node] < 0 || nodes.feature[node] >= featureCount) {
      throw refuse(
          "split_indices",
          node,
          nodes.feature[node],
          "the model's features are 0 to " + (featureCount - 1));
    }
  }

  private UnreadableModel refuse(String array, int node, Object value, String problem) {
    return new UnreadableModel(path + "." + array + "[" + node + "]", value, problem);
  }
}
