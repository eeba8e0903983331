package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bagged models that score one row together, flattened into a few arrays. Immutable; any number of threads may score at
 * once.
 */
public final class TreeEnsemble {
  private final List<TreeModel> members;
  private final int featureCount;
  private final int targetCount;
  private final float[] baseMargins;
  private final int[] roots;
  private final int[] marginOfTree;
  private final int[] feature;
  private final float[] value;
  private final int[] child;
  private final boolean[] missingFirst;
  private final byte[] kind;
  private final long[][] categories;
  private final int[] original;
  private int count;

  private TreeEnsemble(List<TreeModel> members) {
    TreeModel first = members.get(0);
    this.members = List.copyOf(members);
    featureCount = first.featureCount();
    targetCount = first.targetCount();
    baseMargins = new float[members.size() * targetCount];
    int trees = members.stream().mapToInt(TreeModel::treeCount).sum();
    int nodes = members.stream()
        .flatMap(member -> member.trees().stream())
        .mapToInt(Tree::nodeCount)
        .sum();
    roots = new int[trees];
    marginOfTree = new int[trees];
    feature = new int[nodes];
    value = new float[nodes];
    child = new int[nodes];
    missingFirst = new boolean[nodes];
    kind = new byte[nodes];
    categories = new long[nodes][];
    original = new int[nodes];
    int tree = 0;
    for (int m = 0; m < members.size(); m++) {
      TreeModel member = members.get(m);
      for (int target = 0; target < targetCount; target++) {
        baseMargins[m * targetCount + target] = member.baseMargin(target);
      }
      for (int i = 0; i < member.treeCount(); i++) {
        marginOfTree[tree] = m * targetCount + member.targetOfTree(i);
        roots[tree] = count++;
        lay(member.trees().get(i), 0, roots[tree]);
        tree++;
      }
    }
  }

  private void lay(Tree tree, int node, int slot) {
    original[slot] = node;
    if (tree.isLeaf(node)) {
      value[slot] = tree.leafValue(node);
      return;
    }
    value[slot] = tree.threshold(node);
    feature[slot] = tree.feature(node);
    kind[slot] = tree.kind(node);
    categories[slot] = tree.categories(node);
    missingFirst[slot] = tree.missingGoesLeft(node);
    int first = count;
    count += 2;
    child[slot] = first;
    lay(tree, tree.left(node), first);
    lay(tree, tree.right(node), first + 1);
  }

  /**
   * The ensemble of these members.
   *
   * @param members at least one; all with the same objective and the same numbers of features and targets
   */
  public static TreeEnsemble of(List<TreeModel> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs at least one member");
    }
    TreeModel first = members.get(0);
    for (TreeModel member : members) {
      if (member.featureCount() != first.featureCount()
          || member.targetCount() != first.targetCount()
          || member.objective() != first.objective()) {
        throw new IllegalArgumentException(String.format(
            "member %d has %d features, %d targets and objective %s; the first has %d, %d and %s",
            members.indexOf(member),
            member.featureCount(),
            member.targetCount(),
            member.objective().label(),
            first.featureCount(),
            first.targetCount(),
            first.objective().label()));
      }
    }
    return new TreeEnsemble(new ArrayList<>(members));
  }

  /** How many models score together, ≥ 1. */
  public int memberCount() {
    return members.size();
  }

  /** The length of a row, ≥ 1. */
  public int featureCount() {
    return featureCount;
  }

  /** How many margins each member gives, ≥ 1. */
  public int targetCount() {
    return targetCount;
  }

  /** What all members predict. */
  public Objective objective() {
    return members.get(0).objective();
  }

  /** The members, in the order of their margins. */
  public List<TreeModel> members() {
    return members;
  }

  /**
   * The margins of all members, each summed in float32 from the base margin in the order of the trees, as XGBoost does.
   *
   * @param row {@link #featureCount} values; NaN means missing
   * @param margins filled with {@link #memberCount} · {@link #targetCount} finite margins in the objective's unit, member by
   *     member
   */
  public void margins(float[] row, float[] margins) {
    checkLengths(row, margins);
    System.arraycopy(baseMargins, 0, margins, 0, baseMargins.length);
    for (int tree = 0; tree < roots.length; tree++) {
      margins[marginOfTree[tree]] += value[leafSlot(tree, row)];
    }
  }

  void checkLengths(float[] row, float[] margins) {
    if (row.length != featureCount || margins.length != baseMargins.length) {
      throw new IllegalArgumentException(String.format(
          "row has %d values and margins %d; the ensemble needs %d and %d",
          row.length, margins.length, featureCount, baseMargins.length));
    }
  }

  int treeCount() {
    return roots.length;
  }

  int slotCount() {
    return count;
  }

  float leafValue(int slot) {
    return value[slot];
  }

  int marginOfTree(int tree) {
    return marginOfTree[tree];
  }

  void resetMargins(float[] margins) {
    System.arraycopy(baseMargins, 0, margins, 0, baseMargins.length);
  }

  /** For each slot its tree's index. */
  int[] treeOfSlots() {
    int[] trees = new int[count];
    for (int tree = 0; tree < roots.length; tree++) {
      int end = tree + 1 < roots.length ? roots[tree + 1] : count;
      Arrays.fill(trees, roots[tree], end, tree);
    }
    return trees;
  }

  /** The node in its own tree's numbering of the leaf at the slot, or -1 if no leaf is there. */
  int leafOfSlot(int slot) {
    return child[slot] == 0 ? original[slot] : -1;
  }

  int leafSlot(int tree, float[] row) {
    int slot = roots[tree];
    while (child[slot] != 0) {
      float x = row[feature[slot]];
      slot = child[slot] + (goesLeft(slot, x) ? 0 : 1);
    }
    return slot;
  }

  private boolean goesLeft(int slot, float x) {
    float threshold = value[slot];
    if (kind[slot] != Tree.NUMERIC) {
      if (Float.isNaN(x) || (kind[slot] == Tree.ZERO_IS_MISSING && Math.abs(x) <= Tree.ZERO_MAX)) {
        return missingFirst[slot];
      }
      if (kind[slot] == Tree.CATEGORY) {
        return !Tree.contains(categories[slot], threshold, x);
      }
    }
    return missingFirst[slot] ? !(x >= threshold) : x < threshold;
  }
}
