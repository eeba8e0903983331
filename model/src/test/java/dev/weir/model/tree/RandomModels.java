package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random but sound models and rows for laws that hold for every model. Thresholds and values often meet. */
public final class RandomModels {
  private final Random random;
  private final int features;
  private final boolean plain;

  /** @param plain whether every split is a threshold */
  public RandomModels(long seed, int features, boolean plain) {
    random = new Random(seed);
    this.features = features;
    this.plain = plain;
  }

  /** A model whose trees take the targets in turn. */
  public TreeModel model(int treeCount, int depth, int targets) {
    List<Tree> trees = new ArrayList<>();
    int[] targetOfTree = new int[treeCount];
    for (int i = 0; i < treeCount; i++) {
      trees.add(tree(depth));
      targetOfTree[i] = i % targets;
    }
    float[] baseMargins = new float[targets];
    for (int i = 0; i < targets; i++) {
      baseMargins[i] = (float) random.nextGaussian();
    }
    return new TreeModel(Objective.QUANTILE, features, List.of(), baseMargins, trees, targetOfTree);
  }

  /** A tree in which some branches end early; numbers stand in the order of a walk, with a gap now and then. */
  Tree tree(int depth) {
    int most = 4 << depth;
    TreeNodes nodes = new TreeNodes(
        "sum_hessian",
        new int[most],
        new int[most],
        new int[most],
        new float[most],
        new boolean[most],
        new float[most]);
    nodes.coverage[0] = 1000 * random.nextFloat();
    grow(nodes, 0, 1, depth);
    return Tree.of(nodes, features, "random");
  }

  private int grow(TreeNodes nodes, int node, int free, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      nodes.left[node] = -1;
      nodes.right[node] = -1;
      nodes.value[node] = (float) random.nextGaussian();
      return free;
    }
    nodes.feature[node] = random.nextInt(features);
    nodes.value[node] = value();
    nodes.missingLeft[node] = random.nextBoolean();
    if (!plain) {
      nodes.kind[node] = (byte) random.nextInt(3);
      if (nodes.kind[node] == Tree.CATEGORY) {
        nodes.categories[node] = Categories.of(random.ints(3, 0, 70).toArray());
        nodes.value[node] = random.nextBoolean() ? -1 : -Float.MIN_VALUE;
      }
    }
    int left = free + random.nextInt(2);
    int right = left + 1;
    nodes.left[node] = left;
    nodes.right[node] = right;
    nodes.coverage[left] = nodes.coverage[node] * random.nextFloat();
    nodes.coverage[right] = nodes.coverage[node] - nodes.coverage[left];
    return grow(nodes, right, grow(nodes, left, right + 1, depth - 1), depth - 1);
  }

  /** A row, a quarter of it missing. */
  public float[] row() {
    float[] row = new float[features];
    for (int i = 0; i < features; i++) {
      row[i] = random.nextInt(4) == 0
          ? Float.NaN
          : random.nextInt(10) == 0 ? random.nextInt(80) : value();
    }
    return row;
  }

  private float value() {
    return switch (random.nextInt(12)) {
      case 0 -> 0f;
      case 1 -> -0f;
      case 2 -> Float.MAX_VALUE;
      case 3 -> -Float.MAX_VALUE;
      case 4 -> Float.MIN_VALUE;
      case 5 -> -Tree.ZERO_MAX;
      case 6 -> Math.nextUp(Tree.ZERO_MAX);
      default -> random.nextInt(7) - 3;
    };
  }
}
