package dev.weir.model.tree;

import java.util.Arrays;

/**
 * What reaching each leaf of an ensemble changes, by source, already divided by the number of members.
 *
 * <p>A tree's leaves all have equally many entries, {@code width[tree]}, a multiple of {@link #BLOCK}; those of leaf i start
 * at {@code start[tree] + i * width[tree]}. Entries that are not needed change a slot behind the sources by 0; there are
 * several such slots, because a sum that waits for itself would take longer than the sums that count.
 */
final class LeafChanges {
  /** How many entries are added at once. */
  static final int BLOCK = 4;

  private static final int FILLING_SLOTS = 8;

  final int[] start;
  final int[] width;
  int[] source = new int[1024];
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
    source = Arrays.copyOf(source, count);
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
    int most = 0;
    for (int leaf = 0; leaf < forest.leafCount(index); leaf++) {
      most = Math.max(most, collect(tree, forest.node(index, leaf), sources, changes));
    }
    width[index] = (most + BLOCK - 1) / BLOCK * BLOCK;
    start[index] = count;
    for (int leaf = 0; leaf < forest.leafCount(index); leaf++) {
      int found = collect(tree, forest.node(index, leaf), sources, changes);
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
    if (count + length > source.length) {
      int room = Math.max(count + length, Math.multiplyExact(2, source.length));
      source = Arrays.copyOf(source, room);
      change = Arrays.copyOf(change, room);
    }
    System.arraycopy(sources, 0, source, count, length);
    System.arraycopy(changes, 0, change, count, length);
    count += length;
  }
}
