package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the leaf that a row ends in by walking, for trees with too many leaves for {@link QuickScorer}. Immutable.
 */
final class TreeWalk {
  /*
   * One slot per node. A row stands at slot s and steps to next[s] - (keys[question] < threshold ? 1 : 0), where
   * split[s] = question << 32 | threshold; siblings stand side by side, left first, so next is the right child. At a leaf
   * next[s] = s + 1 and the comparison always holds: the row stays where it is. So every tree takes a fixed number of
   * identical steps, whatever its shape, with no branch to mispredict, and GROUP trees step in turn, so that their loads
   * overlap. The last group is filled up with slot 0, a leaf. (RATIONALE.md, "Trees", has the alternatives and figures.)
   */
  private static final int GROUP = 4;

  /** A question no row answers otherwise: the low key of any question is always below the largest whole number. */
  private static final long STAY = Integer.MAX_VALUE;

  /** What is filling, and no tree. */
  private static final int NO_TREE = -1;

  private final RowKeys keys = new RowKeys();
  private final long[] split;
  private final int[] next;

  /** By slot, the leaf's number. */
  private final int[] leaf;

  /** Root slots and their trees, GROUP by GROUP. */
  private final int[] roots;

  private final int[] trees;

  /** For each group the depth of its deepest tree. */
  private final int[] steps;

  private int slots = 1;

  TreeWalk(Forest forest) {
    List<Integer> large = new ArrayList<>();
    int size = 1;
    for (int t = 0; t < forest.treeCount(); t++) {
      if (!forest.isSmall(t)) {
        large.add(t);
        size += forest.tree(t).reachableCount();
      }
    }
    while (large.size() % GROUP != 0) {
      large.add(NO_TREE);
    }
    split = new long[size];
    next = new int[size];
    leaf = new int[size];
    trees = large.stream().mapToInt(Integer::intValue).toArray();
    roots = new int[trees.length];
    steps = new int[trees.length / GROUP];
    layLeaf(0, 0);
    for (int i = 0; i < trees.length; i++) {
      if (trees[i] != NO_TREE) {
        roots[i] = slots++;
        int depth = lay(forest.tree(trees[i]), numbers(forest, trees[i]), 0, roots[i]);
        steps[i / GROUP] = Math.max(steps[i / GROUP], depth);
      }
    }
  }

  /** By node the number of the leaf. */
  private static int[] numbers(Forest forest, int tree) {
    int[] numbers = new int[forest.tree(tree).nodeCount()];
    int first = forest.firstLeaf[tree];
    for (int leaf = first; leaf < first + forest.leafCount(tree); leaf++) {
      numbers[forest.node(leaf)] = leaf;
    }
    return numbers;
  }

  /** Lays what is below a node, and returns how deep it goes. */
  private int lay(Tree tree, int[] numbers, int from, int slot) {
    if (tree.isLeaf(from)) {
      layLeaf(slot, numbers[from]);
      return 0;
    }
    int left = slots;
    slots += 2;
    split[slot] =
        (long) keys.slot(tree, from) << 32 | (RowKeys.threshold(tree, from) & 0xffffffffL);
    next[slot] = left + 1;
    int leftDepth = lay(tree, numbers, tree.left(from), left);
    return 1 + Math.max(leftDepth, lay(tree, numbers, tree.right(from), left + 1));
  }

  private void layLeaf(int slot, int number) {
    split[slot] = STAY;
    next[slot] = slot + 1;
    leaf[slot] = number;
  }

  /** How many keys a row is turned into. */
  int keyCount() {
    return keys.count();
  }

  /**
   * Finds the leaf of every tree that is walked; those of other trees are left as they are.
   *
   * @param room for {@link #keyCount} keys
   * @param leaves filled with the leaf's number, by tree
   */
  void fill(float[] row, int[] room, int[] leaves) {
    if (steps.length == 0) {
      return;
    }
    keys.fill(row, room);
    for (int group = 0; group < steps.length; group++) {
      int at = group * GROUP;
      int a = roots[at];
      int b = roots[at + 1];
      int c = roots[at + 2];
      int d = roots[at + 3];
      for (int step = steps[group]; step > 0; step--) {
        a = next[a] - less(room, split[a]);
        b = next[b] - less(room, split[b]);
        c = next[c] - less(room, split[c]);
        d = next[d] - less(room, split[d]);
      }
      set(leaves, at, a);
      set(leaves, at + 1, b);
      set(leaves, at + 2, c);
      set(leaves, at + 3, d);
    }
  }

  private void set(int[] leaves, int index, int slot) {
    if (trees[index] != NO_TREE) {
      leaves[trees[index]] = leaf[slot];
    }
  }

  /** 1 if the key asked for is below the threshold, else 0; the sign of a difference, because a comparison may branch. */
  private static int less(int[] keys, long split) {
    return (int) (((long) keys[(int) (split >>> 32)] - (int) split) >>> 63);
  }
}
