package dev.weir.bench;

import java.util.List;

/**
 * Complete trees in level order: the children of slot i are 2i + 1 and 2i + 2, so a step needs no
 * link and no branch. Shallow branches are filled up with slots whose answer does not matter.
 */
final class LevelOrderTrees implements RowScorer {
  private static final int GROUP = 4;

  private final int depth;
  private final int splits;
  private final int treesPerMember;
  private final float[] base;
  private final int[] question;
  private final int[] threshold;
  private final float[] leaf;
  private final int[] keys;
  private final int[][] rowKeys;
  private final boolean interleaved;

  /**
   * @param members each with equally many trees, a multiple of four
   * @param interleaved whether four trees step in turn
   */
  LevelOrderTrees(List<BoosterFile> members, boolean interleaved) {
    this.interleaved = interleaved;
    treesPerMember = members.get(0).trees().size();
    depth = members.stream()
        .flatMap(member -> member.trees().stream())
        .mapToInt(tree -> tree.depth(0))
        .max()
        .orElse(0);
    splits = (1 << depth) - 1;
    int trees = members.size() * treesPerMember;
    base = new float[members.size()];
    question = new int[trees * splits];
    threshold = new int[trees * splits];
    leaf = new float[trees << depth];
    keys = new int[2 * members.get(0).features()];
    rowKeys = new int[GROUP][keys.length];
    for (int m = 0; m < base.length; m++) {
      base[m] = members.get(m).baseMargin();
      for (int t = 0; t < treesPerMember; t++) {
        lay(members.get(m).trees().get(t), 0, m * treesPerMember + t, 0);
      }
    }
  }

  private void lay(BoosterFile.Nodes tree, int node, int index, int slot) {
    if (slot >= splits) {
      leaf[(index << depth) + slot - splits] = tree.condition()[node];
      return;
    }
    if (tree.isLeaf(node)) {
      lay(tree, node, index, 2 * slot + 1);
      lay(tree, node, index, 2 * slot + 2);
      return;
    }
    int at = index * splits + slot;
    question[at] = tree.feature()[node] + (tree.missingLeft()[node] ? 0 : keys.length / 2);
    threshold[at] = FloatKeys.key(tree.condition()[node]);
    lay(tree, tree.left()[node], index, 2 * slot + 1);
    lay(tree, tree.right()[node], index, 2 * slot + 2);
  }

  @Override
  public double margin(float[] row) {
    FloatKeys.fill(row, keys);
    double sum = 0;
    for (int m = 0; m < base.length; m++) {
      sum += interleaved ? inTurn(m) : oneByOne(m);
    }
    return sum / base.length;
  }

  private float oneByOne(int member) {
    float sum = base[member];
    int end = (member + 1) * treesPerMember;
    for (int tree = member * treesPerMember; tree < end; tree++) {
      int slot = 0;
      for (int step = depth; step > 0; step--) {
        slot = 2 * slot + 2 - less(tree * splits + slot);
      }
      sum += leaf[(tree << depth) + slot - splits];
    }
    return sum;
  }

  private float inTurn(int member) {
    float sum = base[member];
    int end = (member + 1) * treesPerMember;
    for (int tree = member * treesPerMember; tree < end; tree += GROUP) {
      int from = tree * splits;
      int a = 0;
      int b = 0;
      int c = 0;
      int d = 0;
      for (int step = depth; step > 0; step--) {
        a = 2 * a + 2 - less(from + a);
        b = 2 * b + 2 - less(from + splits + b);
        c = 2 * c + 2 - less(from + 2 * splits + c);
        d = 2 * d + 2 - less(from + 3 * splits + d);
      }
      sum += leaf[(tree << depth) + a - splits];
      sum += leaf[(tree + 1 << depth) + b - splits];
      sum += leaf[(tree + 2 << depth) + c - splits];
      sum += leaf[(tree + 3 << depth) + d - splits];
    }
    return sum;
  }

  /** The sum of four rows' margins: the rows step in turn through one tree after the other. */
  double sumOfMargins(float[] first, float[] second, float[] third, float[] fourth) {
    FloatKeys.fill(first, rowKeys[0]);
    FloatKeys.fill(second, rowKeys[1]);
    FloatKeys.fill(third, rowKeys[2]);
    FloatKeys.fill(fourth, rowKeys[3]);
    double sum = 0;
    for (int m = 0; m < base.length; m++) {
      float a = base[m];
      float b = base[m];
      float c = base[m];
      float d = base[m];
      for (int tree = m * treesPerMember; tree < (m + 1) * treesPerMember; tree++) {
        int i = 0;
        int j = 0;
        int k = 0;
        int l = 0;
        for (int step = depth; step > 0; step--) {
          i = 2 * i + 2 - less(rowKeys[0], tree * splits + i);
          j = 2 * j + 2 - less(rowKeys[1], tree * splits + j);
          k = 2 * k + 2 - less(rowKeys[2], tree * splits + k);
          l = 2 * l + 2 - less(rowKeys[3], tree * splits + l);
        }
        int leaves = (tree << depth) - splits;
        a += leaf[leaves + i];
        b += leaf[leaves + j];
        c += leaf[leaves + k];
        d += leaf[leaves + l];
      }
      sum += (double) a + b + c + d;
    }
    return sum / base.length;
  }

  private int less(int at) {
    return less(keys, at);
  }

  private int less(int[] keys, int at) {
    return (int) (((long) keys[question[at]] - threshold[at]) >>> 63);
  }
}
