package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole numbers a row is turned into before it is walked through trees, such that every split becomes {@code keys[slot] <
 * threshold}: left if so, else right. Filled in while an ensemble is built, constant afterwards.
 */
final class RowKeys {
  /*
   * A float32's bits, mirrored below zero, order as whole numbers exactly as the values order, with -0 made +0. A missing
   * value must go the default way of whichever split asks, so each feature has two slots that differ only then:
   *   slot f                  for splits with missing left:  NaN is below every threshold
   *   slot featureCount + f   for splits with missing right: NaN is above every threshold
   * Splits that are not thresholds have slots of their own behind these, one per distinct question.
   */
  private static final int BELOW_ALL = Integer.MIN_VALUE;
  private static final int ABOVE_ALL = Integer.MAX_VALUE;

  private final int featureCount;
  private final Map<Question, Integer> slots = new HashMap<>();
  private final List<Question> questions = new ArrayList<>();

  RowKeys(int featureCount) {
    this.featureCount = featureCount;
  }

  /** The slot that a split of a tree asks, added if it is new. */
  int slot(Tree tree, int node) {
    if (tree.kind(node) == Tree.NUMERIC) {
      return tree.feature(node) + (tree.missingGoesLeft(node) ? 0 : featureCount);
    }
    Question question = new Question(tree, node);
    return slots.computeIfAbsent(question, added -> {
      questions.add(added);
      return 2 * featureCount + questions.size() - 1;
    });
  }

  /** What a split of a tree compares its slot with; above the key of every missing value that goes left. */
  static int threshold(Tree tree, int node) {
    return tree.kind(node) == Tree.CATEGORY ? 1 : key(tree.threshold(node));
  }

  /** How many slots there are. */
  int count() {
    return 2 * featureCount + questions.size();
  }

  /** Fills the first {@link #count} entries of keys. */
  void fill(float[] row, int[] keys) {
    for (int feature = 0; feature < featureCount; feature++) {
      float x = row[feature];
      boolean missing = Float.isNaN(x);
      int key = key(x);
      keys[feature] = missing ? BELOW_ALL : key;
      keys[featureCount + feature] = missing ? ABOVE_ALL : key;
    }
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      keys[2 * featureCount + i] = question.key(row[question.feature]);
    }
  }

  private static int key(float x) {
    int bits = Float.floatToRawIntBits(x + 0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** A split that is not a plain threshold, without its threshold. */
  private static final class Question {
    private final int feature;
    private final byte kind;
    private final boolean missingLeft;
    private final float bound;
    private final long[] categories;

    Question(Tree tree, int node) {
      feature = tree.feature(node);
      kind = tree.kind(node);
      missingLeft = tree.missingGoesLeft(node);
      bound = kind == Tree.CATEGORY ? tree.threshold(node) : 0;
      categories = tree.categories(node);
    }

    int key(float x) {
      if (kind == Tree.CATEGORY) {
        boolean right = Float.isNaN(x) ? !missingLeft : Tree.contains(categories, bound, x);
        return right ? 1 : 0;
      }
      boolean missing = Float.isNaN(x) || Math.abs(x) <= Tree.ZERO_MAX;
      return missing ? (missingLeft ? BELOW_ALL : ABOVE_ALL) : RowKeys.key(x);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Question question
          && feature == question.feature
          && kind == question.kind
          && missingLeft == question.missingLeft
          && Float.compare(bound, question.bound) == 0
          && Arrays.equals(categories, question.categories);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * feature + kind) + Arrays.hashCode(categories);
    }
  }
}
