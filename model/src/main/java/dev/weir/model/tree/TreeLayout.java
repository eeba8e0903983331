package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.List;

/** The trees of an ensemble laid into arrays, in the order in which they are walked. Immutable once laid. */
final class TreeLayout {
  /*
   * One slot per node. A row stands at slot s and steps to next[s] - (keys[question] < threshold ? 1 : 0), where
   * split[s] = question << 32 | threshold; siblings stand side by side, left first, so next is the right child. At a leaf
   * next[s] = s + 1 and the comparison always holds: the row stays where it is. So every tree takes a fixed number of
   * identical steps, whatever its shape, with no branch to mispredict, and GROUP trees step in turn, so that their loads
   * overlap. (RATIONALE.md, "Trees", has the alternatives and figures.)
   *
   * Trees stand by margin, member-major, and within a margin in the order of the file, so that each margin is one running
   * float32 sum as in XGBoost. A margin's trees are filled up to whole groups with slot 0, a leaf of value -0, which adds
   * nothing to any sum.
   */
  static final int GROUP = 4;

  /** A question no row answers otherwise: the low key of feature 0 is always below the largest whole number. */
  private static final long STAY = Integer.MAX_VALUE;

  final RowKeys questions;
  final long[] split;
  final int[] next;
  final float[] value;

  /** Root slots, GROUP by GROUP. */
  final int[] roots;

  /** For each group the depth of its deepest tree. */
  final int[] steps;

  /** Margin m has the groups [groupStart[m], groupStart[m + 1]). */
  final int[] groupStart;

  private final List<Tree> trees = new ArrayList<>();
  private final int[] node;
  private int slots = 1;

  TreeLayout(List<TreeModel> members) {
    TreeModel first = members.get(0);
    int targets = first.targetCount();
    questions = new RowKeys(first.featureCount());
    groupStart = new int[members.size() * targets + 1];
    List<Tree> ordered = new ArrayList<>();
    for (int margin = 0; margin < members.size() * targets; margin++) {
      TreeModel member = members.get(margin / targets);
      for (int i = 0; i < member.treeCount(); i++) {
        if (member.targetOfTree(i) == margin % targets) {
          ordered.add(member.trees().get(i));
        }
      }
      while (ordered.size() % GROUP != 0) {
        ordered.add(Tree.NOTHING);
      }
      groupStart[margin + 1] = ordered.size() / GROUP;
    }
    int size = 1 + ordered.stream().mapToInt(Tree::reachableCount).sum();
    split = new long[size];
    next = new int[size];
    value = new float[size];
    node = new int[size];
    roots = new int[ordered.size()];
    steps = new int[ordered.size() / GROUP];
    layLeaf(Tree.NOTHING, 0, 0);
    for (Tree tree : ordered) {
      lay(tree);
    }
  }

  private void lay(Tree tree) {
    int index = trees.size();
    trees.add(tree);
    if (tree == Tree.NOTHING) {
      return;
    }
    roots[index] = slots++;
    int depth = lay(tree, 0, roots[index]);
    steps[index / GROUP] = Math.max(steps[index / GROUP], depth);
  }

  /** Lays what is below a node, and returns how deep it goes. */
  private int lay(Tree tree, int from, int slot) {
    if (tree.isLeaf(from)) {
      layLeaf(tree, from, slot);
      return 0;
    }
    int left = slots;
    slots += 2;
    split[slot] =
        (long) questions.slot(tree, from) << 32 | (RowKeys.threshold(tree, from) & 0xffffffffL);
    next[slot] = left + 1;
    node[slot] = from;
    return 1 + Math.max(lay(tree, tree.left(from), left), lay(tree, tree.right(from), left + 1));
  }

  private void layLeaf(Tree tree, int from, int slot) {
    split[slot] = STAY;
    next[slot] = slot + 1;
    value[slot] = tree.leafValue(from);
    node[slot] = from;
  }

  /** How many slots there are. */
  int slotCount() {
    return slots;
  }

  /** How many trees there are, filling included: as many as roots. */
  int treeCount() {
    return roots.length;
  }

  /** The tree whose root is {@code roots[index]}; {@link Tree#NOTHING} for filling. */
  Tree tree(int index) {
    return trees.get(index);
  }

  /** The slots of a tree are [roots[index], slotEnd(index)), none for filling. */
  int slotEnd(int index) {
    return tree(index) == Tree.NOTHING ? 0 : roots[index] + tree(index).reachableCount();
  }

  boolean isLeaf(int slot) {
    return next[slot] == slot + 1;
  }

  /** The node at a slot, in its own tree's numbering. */
  int node(int slot) {
    return node[slot];
  }
}
