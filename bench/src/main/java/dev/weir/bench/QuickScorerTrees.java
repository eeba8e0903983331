package dev.weir.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * QuickScorer (Lucchese et al., 2015): every tree has a set of leaves that are still possible, one
 * bit each from left to right. Thresholds stand by feature in ascending order; each that a value
 * reaches strikes out the leaves to the left of its split. The first leaf left over is the answer.
 */
final class QuickScorerTrees implements RowScorer {
  private static final int LEAVES_MAX = 64;

  /** A split: its threshold, its tree, and the leaves that stay possible where it goes right. */
  private record Split(float threshold, int tree, long right, boolean missingLeft) {}

  private final int treesPerMember;
  private final float[] base;
  private final float[][] leaves;
  private final long[] possible;
  private final Column[] columns;

  /** One feature's splits in ascending order, as arrays, and those that send missing to the right. */
  private record Column(float[] threshold, int[] tree, long[] right, int[] missing, long[] gone) {}

  /** @param members each with equally many trees of at most 64 leaves */
  QuickScorerTrees(List<BoosterFile> members) {
    treesPerMember = members.get(0).trees().size();
    base = new float[members.size()];
    leaves = new float[members.size() * treesPerMember][];
    possible = new long[leaves.length];
    List<List<Split>> splits = new ArrayList<>();
    for (int feature = 0; feature < members.get(0).features(); feature++) {
      splits.add(new ArrayList<>());
    }
    for (int m = 0; m < base.length; m++) {
      base[m] = members.get(m).baseMargin();
      for (int t = 0; t < treesPerMember; t++) {
        int index = m * treesPerMember + t;
        float[] found = new float[LEAVES_MAX];
        int count = collect(members.get(m).trees().get(t), 0, index, found, 0, splits);
        leaves[index] = Arrays.copyOf(found, count);
      }
    }
    columns = splits.stream().map(QuickScorerTrees::column).toArray(Column[]::new);
  }

  /** Numbers the leaves below a node from {@code next} on and returns the number after the last. */
  private static int collect(
      BoosterFile.Nodes tree,
      int node,
      int index,
      float[] found,
      int next,
      List<List<Split>> splits) {
    if (tree.isLeaf(node)) {
      found[next] = tree.condition()[node];
      return next + 1;
    }
    int middle = collect(tree, tree.left()[node], index, found, next, splits);
    long left = (1L << middle - next) - 1 << next;
    splits
        .get(tree.feature()[node])
        .add(new Split(tree.condition()[node], index, ~left, tree.missingLeft()[node]));
    return collect(tree, tree.right()[node], index, found, middle, splits);
  }

  private static Column column(List<Split> splits) {
    List<Split> ascending =
        splits.stream().sorted(Comparator.comparingDouble(Split::threshold)).toList();
    List<Split> right = splits.stream().filter(split -> !split.missingLeft).toList();
    float[] thresholds = new float[ascending.size()];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = ascending.get(i).threshold;
    }
    return new Column(
        thresholds,
        ascending.stream().mapToInt(Split::tree).toArray(),
        ascending.stream().mapToLong(Split::right).toArray(),
        right.stream().mapToInt(Split::tree).toArray(),
        right.stream().mapToLong(Split::right).toArray());
  }

  @Override
  public double margin(float[] row) {
    Arrays.fill(possible, -1);
    for (int feature = 0; feature < columns.length; feature++) {
      strike(columns[feature], row[feature]);
    }
    double sum = 0;
    for (int m = 0; m < base.length; m++) {
      float margin = base[m];
      for (int tree = m * treesPerMember; tree < (m + 1) * treesPerMember; tree++) {
        margin += leaves[tree][Long.numberOfTrailingZeros(possible[tree])];
      }
      sum += margin;
    }
    return sum / base.length;
  }

  private void strike(Column column, float value) {
    if (Float.isNaN(value)) {
      for (int i = 0; i < column.missing.length; i++) {
        possible[column.missing[i]] &= column.gone[i];
      }
      return;
    }
    for (int i = 0; i < column.threshold.length && value >= column.threshold[i]; i++) {
      possible[column.tree[i]] &= column.right[i];
    }
  }
}
