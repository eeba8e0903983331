package dev.weir.model.tree;

import java.util.Arrays;

/**
 * What a split asks of a row, without its threshold and its default way: a number that is compared
 * with the threshold, NaN where the split takes the value for missing. Equal by value, so that splits
 * that ask the same are answered once per row.
 */
final class Question {
  /** What the answer to a question about categories is compared with: 1 is in the set, 0 is not. */
  static final float IN_SET = 1;

  private final int feature;
  private final byte kind;
  private final float bound;
  private final long[] categories;

  private Question(int feature, byte kind, float bound, long[] categories) {
    this.feature = feature;
    this.kind = kind;
    this.bound = bound;
    this.categories = categories;
  }

  /** What a split of a tree asks. */
  static Question of(Tree tree, int node) {
    byte kind = tree.kind(node);
    float bound = kind == Tree.CATEGORY ? tree.threshold(node) : 0;
    return new Question(tree.feature(node), kind, bound, tree.categories(node));
  }

  /** What a split of a tree compares the answer with: less goes left, equal and more go right. */
  static float threshold(Tree tree, int node) {
    return tree.kind(node) == Tree.CATEGORY ? IN_SET : tree.threshold(node);
  }

  int feature() {
    return feature;
  }

  /** Whether it asks if a category is in a set. */
  boolean isOfSet() {
    return kind == Tree.CATEGORY;
  }

  /** Of a question about a set: the exclusive lower bound of the values that it takes for categories. */
  float bound() {
    return bound;
  }

  /** Of a question about a set: the code after the largest in it; 0 if it is empty. */
  int codes() {
    int last = categories.length - 1;
    return last < 0 ? 0 : Long.SIZE * (last + 1) - Long.numberOfLeadingZeros(categories[last]);
  }

  /** Of a question about a set: whether a code of at least 0 is in it. */
  boolean contains(int code) {
    return code >>> 6 < categories.length && (categories[code >>> 6] >>> code & 1) != 0;
  }

  /** The answer of a row. */
  float of(float[] row) {
    float x = row[feature];
    return kind == Tree.NUMERIC ? x : translated(x);
  }

  private float translated(float x) {
    if (kind == Tree.ZERO_IS_MISSING) {
      return Math.abs(x) <= Tree.ZERO_MAX ? Float.NaN : x;
    }
    if (Float.isNaN(x)) {
      return x;
    }
    return Tree.contains(categories, bound, x) ? IN_SET : 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Question that
        && feature == that.feature
        && kind == that.kind
        && Float.compare(bound, that.bound) == 0
        && Arrays.equals(categories, that.categories);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * feature + kind) + Arrays.hashCode(categories);
  }
}
