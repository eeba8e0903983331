package dev.weir.model.tree;

import java.util.List;
import java.util.Locale;

/**
 * Bagged models that score one row together, laid into a few flat arrays. Immutable; any number of threads may score at once.
 */
public final class TreeEnsemble {
  private final List<TreeModel> members;
  private final Forest forest;
  private final QuickScorer quickScorer;
  private final TreeWalk walk;
  private final float[] baseMargins;

  private TreeEnsemble(List<TreeModel> members) {
    this.members = members;
    forest = new Forest(members);
    quickScorer = new QuickScorer(forest);
    walk = new TreeWalk(forest);
    int targets = members.get(0).targetCount();
    baseMargins = new float[members.size() * targets];
    for (int margin = 0; margin < baseMargins.length; margin++) {
      baseMargins[margin] = members.get(margin / targets).baseMargin(margin % targets);
    }
  }

  /**
   * The ensemble of these members.
   *
   * @param members at least one; all with the same objective and the same numbers of features and targets
   */
  public static TreeEnsemble of(List<TreeModel> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs at least one member");
    }
    TreeModel first = members.get(0);
    for (int i = 0; i < members.size(); i++) {
      TreeModel member = members.get(i);
      if (member.featureCount() != first.featureCount()
          || member.targetCount() != first.targetCount()
          || member.objective() != first.objective()) {
        throw new IllegalArgumentException(String.format(
            Locale.ROOT,
            "member %d has %s; the first has %s",
            i,
            described(member),
            described(first)));
      }
    }
    return new TreeEnsemble(List.copyOf(members));
  }

  private static String described(TreeModel model) {
    return String.format(
        Locale.ROOT,
        "%d features, %d targets and objective %s",
        model.featureCount(),
        model.targetCount(),
        model.objective().label());
  }

  /** How many models score together, ≥ 1. */
  public int memberCount() {
    return members.size();
  }

  /** The length of a row, ≥ 1. */
  public int featureCount() {
    return members.get(0).featureCount();
  }

  /** How many margins each member gives, ≥ 1. */
  public int targetCount() {
    return members.get(0).targetCount();
  }

  /** What all members predict. */
  public Objective objective() {
    return members.get(0).objective();
  }

  /** The members, in the order of their margins. */
  public List<TreeModel> members() {
    return members;
  }

  /**
   * The margins of all members, each summed in float32 from the base margin in the order of the trees, as XGBoost does.
   *
   * @param row {@link #featureCount} values; NaN means missing
   * @param margins filled with {@link #memberCount} · {@link #targetCount} finite margins in the objective's unit, member by
   *     member
   */
  public void margins(float[] row, float[] margins) {
    int[] leaves = leaves(row, margins.length);
    for (int margin = 0; margin < margins.length; margin++) {
      margins[margin] = sum(margin, leaves);
    }
  }

  private float sum(int margin, int[] leaves) {
    float[] value = forest.value;
    int end = forest.firstTree[margin + 1];
    float sum = baseMargins[margin];
    for (int tree = forest.firstTree[margin]; tree < end; tree++) {
      sum += value[leaves[tree]];
    }
    return sum;
  }

  Forest forest() {
    return forest;
  }

  float baseMargin(int margin) {
    return baseMargins[margin];
  }

  /**
   * The number of the leaf that each tree of the forest ends in. What is returned holds until this
   * thread scores again; it may be longer than there are trees.
   *
   * @param marginCount how many margins the caller has room for
   */
  int[] leaves(float[] row, int marginCount) {
    if (row.length != featureCount() || marginCount != baseMargins.length) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "row has %d values and margins %d; the ensemble needs %d and %d",
          row.length,
          marginCount,
          featureCount(),
          baseMargins.length));
    }
    Scratch scratch = Scratch.of(walk.keyCount(), forest.treeCount(), forest.wordCountOfAll());
    quickScorer.fill(row, scratch.possible, scratch.leaves);
    walk.fill(row, scratch.keys, scratch.leaves);
    return scratch.leaves;
  }
}
