package dev.weir.model.tree;

import java.util.Arrays;

/**
 * What reaching each leaf of an ensemble changes, by source, already divided by the number of members.
 *
 * <p>A tree's leaves all have equally many entries, {@code width[tree]}, a multiple of {@link #BLOCK}; those of a leaf start
 * at {@code start[tree] + leaf * width[tree]}. Entries that are not needed change a slot behind the sources by 0; there are
 * several such slots, because a sum that waits for itself would take longer than the sums that count.
 */
final class LeafChanges {
  /** How many entries are added at once. */
  static final int BLOCK = 4;

  private static final int FILLING_SLOTS = 8;

  /** A slot's number has 16 bits, because what is read per record is better small. */
  static final int SOURCES_MAX = Character.MAX_VALUE + 1 - FILLING_SLOTS;

  final int[] start;
  final int[] width;
  char[] slot = new char[1024];
  double[] change = new double[1024];

  private final int[] sourceOfFeature;
  private final int sourceCount;
  private final int memberCount;
  private int count;
  private int filled;

  LeafChanges(TreeEnsemble ensemble, int[] sourceOfFeature, int sourceCount) {
    Forest forest = ensemble.forest();
    this.sourceOfFeature = sourceOfFeature;
    this.sourceCount = sourceCount;
    memberCount = ensemble.memberCount();
    start = new int[forest.treeCount()];
    width = new int[forest.treeCount()];
    for (int tree = 0; tree < forest.treeCount(); tree++) {
      add(forest, tree);
    }
    slot = Arrays.copyOf(slot, count);
    change = Arrays.copyOf(change, count);
  }

  /** How many sums there are: one per source, and those behind them. */
  int slotCount() {
    return sourceCount + FILLING_SLOTS;
  }

  private void add(Forest forest, int index) {
    Tree tree = forest.tree(index);
    int[] sources = new int[ModelLimits.TREE_DEPTH_MAX];
    double[] changes = new double[ModelLimits.TREE_DEPTH_MAX];
    int first = forest.firstLeaf[index];
    int end = first + forest.leafCount(index);
    int most = 0;
    for (int leaf = first; leaf < end; leaf++) {
      most = Math.max(most, collect(tree, forest.node(leaf), sources, changes));
    }
    width[index] = (most + BLOCK - 1) / BLOCK * BLOCK;
    start[index] = count - first * width[index];
    for (int leaf = first; leaf < end; leaf++) {
      int found = collect(tree, forest.node(leaf), sources, changes);
      for (int i = found; i < width[index]; i++) {
        sources[i] = sourceCount + filled++ % FILLING_SLOTS;
        changes[i] = 0;
      }
      append(sources, changes, width[index]);
    }
  }

  /** Fills in the changes on the way from the root to a leaf, each source once, and returns how many there are. */
  private int collect(Tree tree, int leaf, int[] sources, double[] changes) {
    int found = 0;
    for (int node = leaf; node != 0; node = tree.parent(node)) {
      int parent = tree.parent(node);
      int source = sourceOfFeature[tree.feature(parent)];
      int at = 0;
      while (at < found && sources[at] != source) {
        at++;
      }
      if (at == found) {
        sources[at] = source;
        changes[at] = 0;
        found++;
      }
      changes[at] += (tree.mean(node) - tree.mean(parent)) / memberCount;
    }
    return found;
  }

  private void append(int[] sources, double[] changes, int length) {
    if (count + length > change.length) {
      int room = Math.max(count + length, Math.multiplyExact(2, change.length));
      slot = Arrays.copyOf(slot, room);
      change = Arrays.copyOf(change, room);
    }
    for (int i = 0; i < length; i++) {
      slot[count + i] = (char) sources[i];
    }
    System.arraycopy(changes, 0, change, count, length);
    count += length;
  }
}
