package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trees of an ensemble in the order in which they are summed, by margin and within a margin as
 * in the file, and the leaves of every tree in an order. Immutable once built.
 *
 * <p>Leaves stand as a walk meets them that turns first to where more of the training weight went;
 * leaf i of tree t is entry {@code firstLeaf[t] + i} of what is kept by leaf.
 */
final class Forest {
  /** Margin m is the sum of the trees [firstTree[m], firstTree[m + 1]). */
  final int[] firstTree;

  /** By tree, and one more at the end. */
  final int[] firstLeaf;

  /** By leaf, what it adds. */
  final float[] value;

  private final List<Tree> trees = new ArrayList<>();
  private final int[] node;

  /** What splits ask whose right child more of the training weight went to. */
  private final Set<Comparison> rightFirst = new HashSet<>();

  /** What splits of the same question and threshold have in common. */
  private record Comparison(Question question, float threshold) {
    static Comparison of(Tree tree, int node) {
      return new Comparison(Question.of(tree, node), Question.threshold(tree, node));
    }
  }

  /** Training weight that went either way, all splits of one comparison together. */
  private static final class Weights {
    private double left;
    private double right;
  }

  Forest(List<TreeModel> members) {
    int targets = members.get(0).targetCount();
    firstTree = new int[members.size() * targets + 1];
    for (int margin = 0; margin < members.size() * targets; margin++) {
      TreeModel member = members.get(margin / targets);
      for (int i = 0; i < member.treeCount(); i++) {
        if (member.targetOfTree(i) == margin % targets) {
          trees.add(member.trees().get(i));
        }
      }
      firstTree[margin + 1] = trees.size();
    }
    Map<Comparison, Weights> weights = new HashMap<>();
    trees.forEach(tree -> weigh(tree, 0, weights));
    weights.forEach((comparison, sum) -> {
      if (sum.right > sum.left) {
        rightFirst.add(comparison);
      }
    });
    firstLeaf = new int[trees.size() + 1];
    for (int t = 0; t < trees.size(); t++) {
      // A binary tree has one leaf more than splits.
      firstLeaf[t + 1] = firstLeaf[t] + (trees.get(t).reachableCount() + 1) / 2;
    }
    value = new float[firstLeaf[trees.size()]];
    node = new int[value.length];
    for (int t = 0; t < trees.size(); t++) {
      number(trees.get(t), 0, firstLeaf[t]);
    }
  }

  private static void weigh(Tree tree, int from, Map<Comparison, Weights> weights) {
    if (!tree.isLeaf(from)) {
      Weights sum = weights.computeIfAbsent(Comparison.of(tree, from), added -> new Weights());
      sum.left += tree.coverage(tree.left(from));
      sum.right += tree.coverage(tree.right(from));
      weigh(tree, tree.left(from), weights);
      weigh(tree, tree.right(from), weights);
    }
  }

  /** Numbers the leaves below a node from {@code next} on, and returns the number after the last. */
  private int number(Tree tree, int from, int next) {
    if (tree.isLeaf(from)) {
      value[next] = tree.leafValue(from);
      node[next] = from;
      return next + 1;
    }
    boolean leftFirst = leftFirst(tree, from);
    int first = leftFirst ? tree.left(from) : tree.right(from);
    int second = leftFirst ? tree.right(from) : tree.left(from);
    return number(tree, second, number(tree, first, next));
  }

  /** Whether the leaves to the left of a split stand before those to its right. */
  boolean leftFirst(Tree tree, int node) {
    return !rightFirst.contains(Comparison.of(tree, node));
  }

  int treeCount() {
    return trees.size();
  }

  Tree tree(int index) {
    return trees.get(index);
  }

  int leafCount(int tree) {
    return firstLeaf[tree + 1] - firstLeaf[tree];
  }

  /** The node of a leaf, in its own tree's numbering. */
  int node(int tree, int leaf) {
    return node[firstLeaf[tree] + leaf];
  }
}
