package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trees of an ensemble in the order in which they are summed, by margin and within a margin as
 * in the file, and one numbering of the leaves of them all. Immutable once built.
 *
 * <p>A tree's leaves have consecutive numbers from {@code firstLeaf[t]} on, as a walk meets them that
 * turns first to where more of the training weight went. Trees of at most {@link #WORD} leaves come
 * first, and none of them reaches over a multiple of {@link #WORD}: a set of the leaves of such a
 * tree is a part of one word. So some numbers belong to no leaf.
 */
final class Forest {
  /** How many leaves a word has room for. */
  static final int WORD = Long.SIZE;

  /** A leaf's number shifted right by so much is the number of its word. */
  static final int WORD_LOG = 6;

  /** Margin m is the sum of the trees [firstTree[m], firstTree[m + 1]). */
  final int[] firstTree;

  /** By tree. */
  final int[] firstLeaf;

  /** By leaf, what it adds. */
  final float[] value;

  private final List<Tree> trees = new ArrayList<>();
  private final int[] node;
  private final int wordCount;

  /** What splits ask whose right child more of the training weight went to. */
  private final Set<Question> rightFirst = new HashSet<>();

  /** Training weight that went either way, all splits that ask the same together. */
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
    Map<Question, Weights> weights = new HashMap<>();
    trees.forEach(tree -> weigh(tree, 0, weights));
    weights.forEach((question, sum) -> {
      if (sum.right > sum.left) {
        rightFirst.add(question);
      }
    });
    firstLeaf = new int[trees.size()];
    int small = place(true, 0);
    wordCount = (small + WORD - 1) / WORD;
    value = new float[place(false, small)];
    node = new int[value.length];
    for (int t = 0; t < trees.size(); t++) {
      number(trees.get(t), 0, firstLeaf[t]);
    }
  }

  private static void weigh(Tree tree, int from, Map<Question, Weights> weights) {
    if (!tree.isLeaf(from)) {
      Weights sum = weights.computeIfAbsent(Question.of(tree, from), added -> new Weights());
      sum.left += tree.coverage(tree.left(from));
      sum.right += tree.coverage(tree.right(from));
      weigh(tree, tree.left(from), weights);
      weigh(tree, tree.right(from), weights);
    }
  }

  /** Gives the small or the large trees their first leaves, and returns the number after the last. */
  private int place(boolean small, int from) {
    int next = from;
    for (int t = 0; t < trees.size(); t++) {
      if (isSmall(t) == small) {
        if (small && next % WORD + leafCount(t) > WORD) {
          next += WORD - next % WORD;
        }
        firstLeaf[t] = next;
        next += leafCount(t);
      }
    }
    return next;
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

  /** Whether the leaves to the left of the splits that ask this stand before those to their right. */
  boolean leftFirst(Question question) {
    return !rightFirst.contains(question);
  }

  private boolean leftFirst(Tree tree, int node) {
    return leftFirst(Question.of(tree, node));
  }

  int treeCount() {
    return trees.size();
  }

  Tree tree(int index) {
    return trees.get(index);
  }

  /** A binary tree has one leaf more than splits. */
  int leafCount(int tree) {
    return (trees.get(tree).reachableCount() + 1) / 2;
  }

  /** Whether a set of the tree's leaves is a part of one word. */
  boolean isSmall(int tree) {
    return leafCount(tree) <= WORD;
  }

  /** How many words a set of the leaves of all small trees takes. */
  int wordCount() {
    return wordCount;
  }

  /** How many words a set of all leaves would take. */
  int wordCountOfAll() {
    return value.length / WORD + 1;
  }

  /** The node of a leaf, in its own tree's numbering. */
  int node(int leaf) {
    return node[leaf];
  }
}
