package dev.weir.model.tree;

import java.util.List;
import java.util.Locale;

/**
 * Exact Shapley values of a row's margin over its features, path-dependent TreeSHAP (Lundberg, Erion and Lee, 2018,
 * algorithm 2), for explaining single decisions: the cost is leaves × depth² per tree.
 */
public final class TreeShap {
  /*
   * The game: a feature in the coalition sends the row its way, one outside it sends a share of the row to each child, the
   * share of the training weight the child saw. A path keeps, for each distinct feature on the way down, zero = product of
   * the shares, one = 1 if the row itself would have come here, and for each coalition size the summed weight |S|!(d-|S|)!/d!
   * of all subsets of that size.
   */
  private final Tree tree;
  private final float[] row;
  private final double[] contributions;

  private TreeShap(Tree tree, float[] row, double[] contributions) {
    this.tree = tree;
    this.row = row;
    this.contributions = contributions;
  }

  /**
   * The contributions of one model's features to one of its margins.
   *
   * @param target in [0, {@link TreeModel#targetCount})
   * @param row {@link TreeModel#featureCount} values; NaN means missing
   * @return one contribution per feature in margin units, then the bias; together they sum to the margin
   */
  public static double[] contributions(TreeModel model, int target, float[] row) {
    if (row.length != model.featureCount() || target < 0 || target >= model.targetCount()) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "row of %d values and target %d; the model has %d features and %d targets",
          row.length,
          target,
          model.featureCount(),
          model.targetCount()));
    }
    double[] contributions = new double[row.length + 1];
    contributions[row.length] = model.baseMargin(target);
    for (int i = 0; i < model.treeCount(); i++) {
      if (model.targetOfTree(i) == target) {
        Tree tree = model.trees().get(i);
        contributions[row.length] += tree.mean(0);
        new TreeShap(tree, row, contributions).descend(0, Path.EMPTY);
      }
    }
    return contributions;
  }

  /**
   * The mean over the members of their contributions, as {@link #contributions} gives them; they sum to the mean margin.
   *
   * @param target in [0, {@link TreeEnsemble#targetCount})
   * @param row {@link TreeEnsemble#featureCount} values; NaN means missing
   */
  public static double[] meanContributions(TreeEnsemble ensemble, int target, float[] row) {
    List<TreeModel> members = ensemble.members();
    double[] mean = new double[ensemble.featureCount() + 1];
    for (TreeModel member : members) {
      double[] contributions = contributions(member, target, row);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += contributions[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= members.size();
    }
    return mean;
  }

  private void descend(int node, Path path) {
    if (tree.isLeaf(node)) {
      for (int i = 0; i < path.length; i++) {
        contributions[path.feature[i]] +=
            path.weightWithout(i) * (path.one[i] - path.zero[i]) * tree.leafValue(node);
      }
      return;
    }
    int feature = tree.feature(node);
    int followed = tree.child(node, row);
    int known = path.indexOf(feature);
    double zero = known < 0 ? 1 : path.zero[known];
    double one = known < 0 ? 1 : path.one[known];
    Path rest = known < 0 ? path : path.without(known);
    for (int child : new int[] {tree.left(node), tree.right(node)}) {
      descend(
          child, rest.with(feature, zero * tree.share(child, node), child == followed ? one : 0));
    }
  }

  /** The distinct features between root and node; immutable. Index i of weight is the coalition size. */
  private static final class Path {
    static final Path EMPTY = new Path(0, new double[] {1});

    final int length;
    final int[] feature;
    final double[] zero;
    final double[] one;
    final double[] weight;

    private Path(int length, double[] weight) {
      this.length = length;
      this.weight = weight;
      feature = new int[length];
      zero = new double[length];
      one = new double[length];
    }

    int indexOf(int wanted) {
      for (int i = 0; i < length; i++) {
        if (feature[i] == wanted) {
          return i;
        }
      }
      return -1;
    }

    /**
     * EXTEND: the path with one more feature. A coalition of the new path either has the feature, and then is one larger, or
     * has not.
     */
    Path with(int addedFeature, double addedZero, double addedOne) {
      Path extended = new Path(length + 1, new double[length + 2]);
      System.arraycopy(feature, 0, extended.feature, 0, length);
      System.arraycopy(zero, 0, extended.zero, 0, length);
      System.arraycopy(one, 0, extended.one, 0, length);
      extended.feature[length] = addedFeature;
      extended.zero[length] = addedZero;
      extended.one[length] = addedOne;
      double sizes = length + 2;
      for (int i = length; i >= 0; i--) {
        extended.weight[i + 1] += addedOne * weight[i] * (i + 1) / sizes;
        extended.weight[i] += addedZero * weight[i] * (length + 1 - i) / sizes;
      }
      return extended;
    }

    /** UNWIND: the path as if the feature at the index had never been met. */
    Path without(int index) {
      Path shortened = new Path(length - 1, new double[length]);
      for (int from = 0, to = 0; from < length; from++) {
        if (from != index) {
          shortened.feature[to] = feature[from];
          shortened.zero[to] = zero[from];
          shortened.one[to++] = one[from];
        }
      }
      unwind(index, shortened.weight);
      return shortened;
    }

    /** The sum over all coalitions of the other features of their Shapley weights times shares. */
    double weightWithout(int index) {
      double[] weights = new double[length];
      unwind(index, weights);
      double sum = 0;
      for (double each : weights) {
        sum += each;
      }
      return sum;
    }

    private void unwind(int index, double[] weights) {
      double sizes = length + 1;
      double carried = weight[length];
      for (int i = length - 1; i >= 0; i--) {
        if (one[index] != 0) {
          weights[i] = carried * sizes / ((i + 1) * one[index]);
          carried = weight[i] - weights[i] * zero[index] * (length - i) / sizes;
        } else {
          weights[i] = zero[index] == 0 ? 0 : weight[i] * sizes / (zero[index] * (length - i));
        }
      }
    }
  }
}
