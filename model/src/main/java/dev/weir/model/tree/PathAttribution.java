package dev.weir.model.tree;

import java.util.Arrays;
import java.util.Locale;

/**
 * Contributions of sources (groups of features) to an ensemble's mean margin, found while it scores: each split on a row's
 * way adds the change of the mean to the source of its feature (Saabas, 2014; XGBoost's "approx" contributions). Immutable;
 * any number of threads may score at once.
 */
public final class PathAttribution {
  /*
   * mean(leaf) = its value, mean(node) = mean of its children weighted by sum of hessians. A step from parent to child adds
   * mean(child) - mean(parent) to the source of the parent's feature, so the steps of one way telescope to leaf - mean(root),
   * and with bias = base margin + sum of mean(root) everything sums to the margin. All steps to a leaf are known beforehand,
   * so each leaf keeps its total per source, already divided by the number of members.
   */
  private final TreeEnsemble ensemble;
  private final int sourceCount;
  private final double bias;
  private final LeafChanges changes;

  private PathAttribution(TreeEnsemble ensemble, int sourceCount, LeafChanges changes) {
    this.ensemble = ensemble;
    this.sourceCount = sourceCount;
    this.changes = changes;
    double sum = 0;
    for (TreeModel member : ensemble.members()) {
      sum += member.baseMargin(0);
      for (Tree tree : member.trees()) {
        sum += tree.mean(0);
      }
    }
    bias = sum / ensemble.memberCount();
  }

  /**
   * The attribution of an ensemble's mean margin to sources.
   *
   * @param ensemble has a single target; see {@link TreeModel#onlyTarget}
   * @param sourceOfFeature for each feature its source in [0, sourceCount)
   * @param sourceCount in [1, {@value LeafChanges#SOURCES_MAX}]
   */
  public static PathAttribution of(TreeEnsemble ensemble, int[] sourceOfFeature, int sourceCount) {
    if (ensemble.targetCount() != 1) {
      throw new IllegalArgumentException("the ensemble has " + ensemble.targetCount()
          + " targets; attribute one at a time, TreeModel.onlyTarget gives it");
    }
    if (sourceOfFeature.length != ensemble.featureCount()) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "sources for %d features are given; the ensemble has %d",
          sourceOfFeature.length,
          ensemble.featureCount()));
    }
    if (sourceCount < 1 || sourceCount > LeafChanges.SOURCES_MAX) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT, "sourceCount %d is outside [1, %d]", sourceCount, LeafChanges.SOURCES_MAX));
    }
    for (int feature = 0; feature < sourceOfFeature.length; feature++) {
      if (sourceOfFeature[feature] < 0 || sourceOfFeature[feature] >= sourceCount) {
        throw new IllegalArgumentException(String.format(
            Locale.ROOT,
            "feature %d has source %d, outside [0, %d)",
            feature,
            sourceOfFeature[feature],
            sourceCount));
      }
    }
    return new PathAttribution(
        ensemble, sourceCount, new LeafChanges(ensemble, sourceOfFeature.clone(), sourceCount));
  }

  /** How many sources there are. */
  public int sourceCount() {
    return sourceCount;
  }

  /** The mean over the members of base margin plus the trees' means: what the mean margin is before any feature is known. */
  public double bias() {
    return bias;
  }

  /**
   * Scores a row once for both: the margins as {@link TreeEnsemble#margins} gives them, and the contributions.
   *
   * @param row {@link TreeEnsemble#featureCount} values; NaN means missing
   * @param memberMargins filled with one margin per member
   * @param contributions filled with the mean contribution of each source in margin units; with {@link #bias} they sum to the
   *     mean of memberMargins within 1e-5
   */
  public void score(float[] row, float[] memberMargins, double[] contributions) {
    if (contributions.length != sourceCount) {
      throw new IllegalArgumentException("contributions has " + contributions.length
          + " entries; there are " + sourceCount + " sources");
    }
    int[] leaves = ensemble.leaves(row, memberMargins.length);
    double[] sums = Scratch.sums(changes.slotCount());
    Arrays.fill(sums, 0, changes.slotCount(), 0);
    for (int member = 0; member < memberMargins.length; member++) {
      memberMargins[member] = add(member, leaves, sums);
    }
    System.arraycopy(sums, 0, contributions, 0, sourceCount);
  }

  /** Adds a member's contributions and returns its margin: while one sum waits for itself, the others go on. */
  private float add(int member, int[] leaves, double[] sums) {
    Forest forest = ensemble.forest();
    float[] value = forest.value;
    int[] start = changes.start;
    int[] width = changes.width;
    int end = forest.firstTree[member + 1];
    float margin = ensemble.baseMargin(member);
    for (int tree = forest.firstTree[member]; tree < end; tree++) {
      int leaf = leaves[tree];
      margin += value[leaf];
      int from = start[tree] + leaf * width[tree];
      int to = from + width[tree];
      // The first block stands outside of the loop, which costs more than a block does.
      if (from < to) {
        addBlock(from, sums);
        for (int i = from + LeafChanges.BLOCK; i < to; i += LeafChanges.BLOCK) {
          addBlock(i, sums);
        }
      }
    }
    return margin;
  }

  private void addBlock(int at, double[] sums) {
    char[] slot = changes.slot;
    double[] change = changes.change;
    sums[slot[at]] += change[at];
    sums[slot[at + 1]] += change[at + 1];
    sums[slot[at + 2]] += change[at + 2];
    sums[slot[at + 3]] += change[at + 3];
  }
}
