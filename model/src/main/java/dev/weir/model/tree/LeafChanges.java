package dev.weir.model.tree;

import java.util.Arrays;

/**
 * For each leaf slot of an ensemble, what reaching it changes, by source: slot s owns the entries [start[s], start[s + 1]) of
 * source and change.
 */
final class LeafChanges {
  private final TreeEnsemble ensemble;
  private final int[] sourceOfFeature;
  private final int[] start;
  private int[] source = new int[1024];
  private double[] change = new double[1024];
  private int count;
  private double bias;

  private LeafChanges(TreeEnsemble ensemble, int[] sourceOfFeature) {
    this.ensemble = ensemble;
    this.sourceOfFeature = sourceOfFeature;
    start = new int[ensemble.slotCount() + 1];
  }

  static LeafChanges of(TreeEnsemble ensemble, int[] sourceOfFeature) {
    LeafChanges changes = new LeafChanges(ensemble, sourceOfFeature);
    changes.collect();
    return changes;
  }

  double bias() {
    return bias;
  }

  int[] start() {
    return start;
  }

  int[] source() {
    return Arrays.copyOf(source, count);
  }

  double[] change() {
    return Arrays.copyOf(change, count);
  }

  private void collect() {
    int members = ensemble.memberCount();
    for (TreeModel member : ensemble.members()) {
      double memberBias = member.baseMargin(0);
      for (Tree tree : member.trees()) {
        memberBias += tree.mean(0);
      }
      bias += memberBias / members;
    }
    int[] treeOfSlot = ensemble.treeOfSlots();
    Tree[] trees =
        ensemble.members().stream().flatMap(m -> m.trees().stream()).toArray(Tree[]::new);
    for (int slot = 0; slot < ensemble.slotCount(); slot++) {
      start[slot] = count;
      int leaf = ensemble.leafOfSlot(slot);
      if (leaf >= 0) {
        add(trees[treeOfSlot[slot]], leaf);
      }
    }
    start[ensemble.slotCount()] = count;
  }

  private void add(Tree tree, int leaf) {
    int from = count;
    for (int node = leaf; node != 0; node = tree.parent(node)) {
      int parent = tree.parent(node);
      add(from, sourceOfFeature[tree.feature(parent)], tree.mean(node) - tree.mean(parent));
    }
    for (int i = from; i < count; i++) {
      change[i] /= ensemble.memberCount();
    }
  }

  private void add(int from, int ofSource, double by) {
    for (int i = from; i < count; i++) {
      if (source[i] == ofSource) {
        change[i] += by;
        return;
      }
    }
    if (count == source.length) {
      source = Arrays.copyOf(source, 2 * count);
      change = Arrays.copyOf(change, 2 * count);
    }
    source[count] = ofSource;
    change[count++] = by;
  }
}
