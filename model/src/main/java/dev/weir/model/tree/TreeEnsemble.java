package dev.weir.model.tree;

import java.util.List;

/**
 * Bagged models that score one row together, laid into a few flat arrays. Immutable; any number of threads may score at once.
 */
public final class TreeEnsemble {
  private final List<TreeModel> members;
  private final TreeLayout layout;
  private final float[] baseMargins;

  private TreeEnsemble(List<TreeModel> members) {
    this.members = members;
    layout = new TreeLayout(members);
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
            "member %d has %s; the first has %s", i, described(member), described(first)));
      }
    }
    return new TreeEnsemble(List.copyOf(members));
  }

  private static String described(TreeModel model) {
    return String.format(
        "%d features, %d targets and objective %s",
        model.featureCount(), model.targetCount(), model.objective().label());
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
    leaves(row, margins);
  }

  TreeLayout layout() {
    return layout;
  }

  /**
   * Fills the margins and tells the leaf slot each tree of the layout ended in. What is returned holds until this thread
   * scores again; it may be longer than there are trees.
   */
  int[] leaves(float[] row, float[] margins) {
    if (row.length != featureCount() || margins.length != baseMargins.length) {
      throw new IllegalArgumentException(String.format(
          "row has %d values and margins %d; the ensemble needs %d and %d",
          row.length, margins.length, featureCount(), baseMargins.length));
    }
    Scratch scratch = Scratch.of(layout.questions.count(), layout.treeCount());
    layout.questions.fill(row, scratch.keys);
    for (int margin = 0; margin < margins.length; margin++) {
      margins[margin] = walk(margin, scratch.keys, scratch.leaves);
    }
    return scratch.leaves;
  }

  private float walk(int margin, int[] keys, int[] leaves) {
    int[] roots = layout.roots;
    int[] next = layout.next;
    long[] split = layout.split;
    float[] value = layout.value;
    float sum = baseMargins[margin];
    for (int group = layout.groupStart[margin]; group < layout.groupStart[margin + 1]; group++) {
      int tree = group * TreeLayout.GROUP;
      int a = roots[tree];
      int b = roots[tree + 1];
      int c = roots[tree + 2];
      int d = roots[tree + 3];
      for (int step = layout.steps[group]; step > 0; step--) {
        a = next[a] - less(keys, split[a]);
        b = next[b] - less(keys, split[b]);
        c = next[c] - less(keys, split[c]);
        d = next[d] - less(keys, split[d]);
      }
      leaves[tree] = a;
      leaves[tree + 1] = b;
      leaves[tree + 2] = c;
      leaves[tree + 3] = d;
      sum += value[a];
      sum += value[b];
      sum += value[c];
      sum += value[d];
    }
    return sum;
  }

  /** 1 if the key asked for is below the threshold, else 0; the sign of a difference, because a comparison may branch. */
  private static int less(int[] keys, long split) {
    return (int) (((long) keys[(int) (split >>> 32)] - (int) split) >>> 63);
  }
}
