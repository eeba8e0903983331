package dev.weir.model.tree;

/**
 * One binary decision tree in the numbering of its file: node 0 is the root, and nodes nobody points to may lie between the
 * others. Immutable once checked; every reachable node is sound.
 */
final class Tree {
  /** Kind of a split that compares with a threshold: less goes left, equal and more go right. */
  static final byte NUMERIC = 0;

  /** Kind of a split on category codes: codes in the set go right, all else goes left. */
  static final byte CATEGORY = 1;

  /** Kind of a numeric split for which a value within {@link #ZERO_MAX} of zero counts as missing (LightGBM only). */
  static final byte ZERO_IS_MISSING = 2;

  /** The largest magnitude LightGBM takes for zero ({@code kZeroThreshold}). */
  static final float ZERO_MAX = 1e-35f;

  private final TreeNodes nodes;
  private final int reachableCount;
  private final int[] parents;
  private final double[] means;

  private Tree(TreeNodes nodes, int reachableCount, int[] parents, double[] means) {
    this.nodes = nodes;
    this.reachableCount = reachableCount;
    this.parents = parents;
    this.means = means;
  }

  /**
   * The tree of these nodes, which now belong to it.
   *
   * @param path where in the file the tree stands, for refusals
   * @throws UnreadableModel if what the root reaches is not a sound tree over {@code featureCount} features
   */
  static Tree of(TreeNodes nodes, int featureCount, String path) {
    TreeCheck check = new TreeCheck(nodes, featureCount, path);
    int[] preorder = check.preorder();
    double[] means = new double[nodes.count()];
    for (int i = preorder.length - 1; i >= 0; i--) {
      int node = preorder[i];
      if (nodes.isLeaf(node)) {
        means[node] = nodes.value[node];
      } else {
        int left = nodes.left[node];
        int right = nodes.right[node];
        means[node] =
            share(nodes, left, node) * means[left] + share(nodes, right, node) * means[right];
        if (!Double.isFinite(means[node])) {
          throw new UnreadableModel(
              path + "." + nodes.coverageName + "[" + node + "]",
              nodes.coverage[node],
              "the mean of the leaves below, weighted by it, is not finite");
        }
      }
    }
    return new Tree(nodes, preorder.length, check.parents(), means);
  }

  private static double share(TreeNodes nodes, int child, int parent) {
    double whole = nodes.coverage[parent];
    return whole > 0 ? nodes.coverage[child] / whole : 0.5;
  }

  /** How many nodes the file has; those in use are numbered below it. */
  int nodeCount() {
    return nodes.count();
  }

  /** How many nodes the root reaches, itself included. */
  int reachableCount() {
    return reachableCount;
  }

  boolean isLeaf(int node) {
    return nodes.isLeaf(node);
  }

  int left(int node) {
    return nodes.left[node];
  }

  int right(int node) {
    return nodes.right[node];
  }

  /** The parent of a reachable node; negative at the root. */
  int parent(int node) {
    return parents[node];
  }

  /** The child that rows with a missing value go to. */
  int missingChild(int node) {
    return nodes.missingLeft[node] ? nodes.left[node] : nodes.right[node];
  }

  boolean missingGoesLeft(int node) {
    return nodes.missingLeft[node];
  }

  int feature(int node) {
    return nodes.feature[node];
  }

  byte kind(int node) {
    return nodes.kind[node];
  }

  /** Threshold of a numeric split; for a categorical one the exclusive lower bound of what counts as a code. */
  float threshold(int node) {
    return nodes.value[node];
  }

  float leafValue(int node) {
    return nodes.value[node];
  }

  /** The codes that go right at a categorical split, one bit each; empty at other nodes. Not to be changed. */
  long[] categories(int node) {
    return nodes.categories[node];
  }

  /** The leaf's value, or the mean of the leaves below weighted by how much of the training data each child saw. */
  double mean(int node) {
    return means[node];
  }

  /**
   * The share in [0, 1] of the parent's training weight (sum of hessians, or of rows for LightGBM) that the child saw; 1/2
   * when the parent saw none.
   */
  double share(int child, int parent) {
    return share(nodes, child, parent);
  }

  /** The training weight that passed a node. */
  double coverage(int node) {
    return nodes.coverage[node];
  }

  /** The child a row goes to. */
  int child(int node, float[] row) {
    float x = row[nodes.feature[node]];
    boolean missing =
        Float.isNaN(x) || (nodes.kind[node] == ZERO_IS_MISSING && Math.abs(x) <= ZERO_MAX);
    if (missing) {
      return missingChild(node);
    }
    boolean right = nodes.kind[node] == CATEGORY
        ? contains(nodes.categories[node], nodes.value[node], x)
        : !(x < nodes.value[node]);
    return right ? nodes.right[node] : nodes.left[node];
  }

  /** The leaf a row ends in. */
  int leaf(float[] row) {
    int node = 0;
    while (!nodes.isLeaf(node)) {
      node = child(node, row);
    }
    return node;
  }

  /** Whether a value above {@code bound}, cut to a whole number, is in the set; NaN never is. */
  static boolean contains(long[] categories, float bound, float x) {
    if (!(x > bound)) {
      return false;
    }
    int code = (int) x;
    int word = code >>> 6;
    return word < categories.length && (categories[word] >>> code & 1) != 0;
  }

  /** The largest magnitude of a leaf. */
  double leafMagnitudeMax() {
    double max = 0;
    for (int node = 0; node < means.length; node++) {
      // Unreachable nodes have mean 0.
      if (nodes.isLeaf(node)) {
        max = Math.max(max, Math.abs(means[node]));
      }
    }
    return max;
  }
}
