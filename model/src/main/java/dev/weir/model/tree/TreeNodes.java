package dev.weir.model.tree;

import java.util.Arrays;

/** The nodes of a tree while it is read: parallel arrays, one entry per node, filled in by the reader of a file format. */
final class TreeNodes {
  static final long[] NO_CATEGORIES = new long[0];

  /** What the file calls {@link #coverage}. */
  final String coverageName;

  /** Left child, or -1 at a leaf. */
  final int[] left;

  /** Right child, or -1 at a leaf. */
  final int[] right;

  final int[] feature;

  /** Threshold at a split, value at a leaf. */
  final float[] value;

  final boolean[] missingLeft;

  /** {@link Tree#NUMERIC}, {@link Tree#CATEGORY} or {@link Tree#ZERO_IS_MISSING}. */
  final byte[] kind;

  final long[][] categories;

  /** Whether a threshold may be +∞, above all finite values. */
  boolean infiniteThresholds;

  /** Training weight that passed each node. */
  final float[] coverage;

  TreeNodes(
      String coverageName,
      int[] left,
      int[] right,
      int[] feature,
      float[] value,
      boolean[] missingLeft,
      float[] coverage) {
    this.coverageName = coverageName;
    this.left = left;
    this.right = right;
    this.feature = feature;
    this.value = value;
    this.missingLeft = missingLeft;
    this.coverage = coverage;
    kind = new byte[left.length];
    categories = new long[left.length][];
    Arrays.fill(categories, NO_CATEGORIES);
  }

  int count() {
    return left.length;
  }

  boolean isLeaf(int node) {
    return left[node] == -1;
  }
}
