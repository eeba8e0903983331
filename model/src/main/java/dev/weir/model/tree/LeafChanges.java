package dev.weir.model.tree;

import java.util.Arrays;

/**
 * What reaching each leaf of an ensemble changes, by source, already divided by the number of members. A tree's leaves all
 * have equally many entries, {@code width[tree]}, from {@code start[slot]} on; those not needed change source 0 by 0.
 */
final class LeafChanges {
  final int[] start;
  final int[] width;
  int[] source = new int[1024];
  double[] change = new double[1024];

  private final int[] sourceOfFeature;
  private final int memberCount;
  private int count;

  LeafChanges(TreeEnsemble ensemble, int[] sourceOfFeature) {
    TreeLayout layout = ensemble.layout();
    this.sourceOfFeature = sourceOfFeature;
    memberCount = ensemble.memberCount();
    start = new int[layout.slotCount()];
    width = new int[layout.treeCount()];
    for (int tree = 0; tree < layout.treeCount(); tree++) {
      add(layout, tree);
    }
    source = Arrays.copyOf(source, count);
    change = Arrays.copyOf(change, count);
  }

  private void add(TreeLayout layout, int index) {
    Tree tree = layout.tree(index);
    int[] sources = new int[ModelLimits.TREE_DEPTH_MAX];
    double[] changes = new double[ModelLimits.TREE_DEPTH_MAX];
    int end = layout.slotEnd(index);
    for (int slot = layout.roots[index]; slot < end; slot++) {
      if (layout.isLeaf(slot)) {
        width[index] = Math.max(width[index], collect(tree, layout.node(slot), sources, changes));
      }
    }
    for (int slot = layout.roots[index]; slot < end; slot++) {
      if (layout.isLeaf(slot)) {
        int found = collect(tree, layout.node(slot), sources, changes);
        Arrays.fill(sources, found, width[index], 0);
        Arrays.fill(changes, found, width[index], 0);
        start[slot] = count;
        append(sources, changes, width[index]);
      }
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
