package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole numbers a row is turned into before it is walked through trees, such that every split becomes {@code keys[slot] <
 * threshold}: left if so, else right. Filled in while trees are laid out, constant afterwards.
 */
final class RowKeys {
  /*
   * A float32's bits, mirrored below zero, order as whole numbers exactly as the values order, with -0 made +0. A missing
   * value must go the default way of whichever split asks, so question q has two slots that differ only then:
   *   slot 2q      for splits with missing left:  NaN is below every threshold
   *   slot 2q + 1  for splits with missing right: NaN is above every threshold
   */
  private static final int BELOW_ALL = Integer.MIN_VALUE;
  private static final int ABOVE_ALL = Integer.MAX_VALUE;

  private final Map<Question, Integer> indexes = new HashMap<>();
  private final List<Question> questions = new ArrayList<>();

  /** The slot that a split of a tree asks, added if it is new. */
  int slot(Tree tree, int node) {
    int index = indexes.computeIfAbsent(Question.of(tree, node), added -> {
      questions.add(added);
      return questions.size() - 1;
    });
    return 2 * index + (tree.missingGoesLeft(node) ? 0 : 1);
  }

  /** What a split of a tree compares its slot with; above the key of every missing value that goes left. */
  static int threshold(Tree tree, int node) {
    return key(Question.threshold(tree, node));
  }

  /** How many slots there are. */
  int count() {
    return 2 * questions.size();
  }

  /** Fills the first {@link #count} entries of keys. */
  void fill(float[] row, int[] keys) {
    for (int q = 0; q < questions.size(); q++) {
      float x = questions.get(q).of(row);
      boolean missing = Float.isNaN(x);
      int key = key(x);
      keys[2 * q] = missing ? BELOW_ALL : key;
      keys[2 * q + 1] = missing ? ABOVE_ALL : key;
    }
  }

  private static int key(float x) {
    int bits = Float.floatToRawIntBits(x + 0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
