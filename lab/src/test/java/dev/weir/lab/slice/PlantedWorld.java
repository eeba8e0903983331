package dev.weir.lab.slice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows of categories on which a well-calibrated model errs as often as it says, but for planted slices of about 2 % of the
 * rows, where it errs 10 points more often and does not know it.
 */
record PlantedWorld(SliceRows rows, List<Condition> conditions, List<boolean[]> planted) {
  private static final int[] CARDINALITIES = {2, 2, 3, 3, 4, 5, 6, 8, 3, 2};
  private static final double EXCESS = 0.10;
  private static final double SHARE_MIN = 0.016;
  private static final double SHARE_MAX = 0.026;

  static PlantedWorld of(int rows, int slices, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] values = values(rows, random);
    List<Condition> conditions = conditions(values, rows);
    List<boolean[]> planted = new ArrayList<>();
    while (planted.size() < slices) {
      boolean[] slice = slice(conditions, rows, random);
      if (isRightSize(slice) && planted.stream().noneMatch(other -> overlap(other, slice) > 0)) {
        planted.add(slice);
      }
    }
    boolean[] wrong = new boolean[rows];
    double[] expected = new double[rows];
    int[] group = new int[rows];
    for (int row = 0; row < rows; row++) {
      // Confidence varies with what the row is, so that raw errors differ between slices that are
      // no finds.
      double lean = 0.03 * values[row][5] + 0.02 * values[row][2];
      expected[row] = Math.min(0.5, 0.02 + lean + 0.18 * random.nextDouble());
      double truth = expected[row];
      for (boolean[] slice : planted) {
        truth += slice[row] ? EXCESS : 0;
      }
      wrong[row] = random.nextDouble() < truth;
      group[row] = row;
    }
    return new PlantedWorld(SliceRows.split(wrong, expected, group, seed), conditions, planted);
  }

  private static int[][] values(int rows, SplittableRandom random) {
    int[][] values = new int[rows][CARDINALITIES.length];
    for (int[] row : values) {
      for (int a = 0; a < row.length; a++) {
        // Low values are the commoner ones, and every second attribute leans on the one before.
        double u = random.nextDouble();
        int value = (int) (u * u * CARDINALITIES[a]);
        boolean copies = a % 2 == 1 && random.nextDouble() < 0.3;
        row[a] = copies ? row[a - 1] % CARDINALITIES[a] : value;
      }
    }
    return values;
  }

  private static List<Condition> conditions(int[][] values, int rows) {
    List<Condition> conditions = new ArrayList<>();
    for (int a = 0; a < CARDINALITIES.length; a++) {
      for (int value = 0; value < CARDINALITIES[a]; value++) {
        long[] members = Condition.none(rows);
        for (int row = 0; row < rows; row++) {
          if (values[row][a] == value) {
            Condition.add(members, row);
          }
        }
        conditions.add(new Condition(
            "a" + a + " = " + value,
            JsonNodeFactory.instance.objectNode().put("flag", "a" + a + "_" + value),
            members));
      }
    }
    return conditions;
  }

  /** Two or three conditions of different attributes. */
  private static boolean[] slice(List<Condition> conditions, int rows, SplittableRandom random) {
    int parts = 2 + random.nextInt(2);
    long[] members = conditions.get(random.nextInt(conditions.size())).members();
    for (int i = 1; i < parts; i++) {
      members = Condition.and(
          members, conditions.get(random.nextInt(conditions.size())).members());
    }
    boolean[] slice = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      slice[row] = Condition.has(members, row);
    }
    return slice;
  }

  private static boolean isRightSize(boolean[] slice) {
    double share = overlap(slice, slice) / (double) slice.length;
    return share >= SHARE_MIN && share <= SHARE_MAX;
  }

  static int overlap(boolean[] a, boolean[] b) {
    int both = 0;
    for (int row = 0; row < a.length; row++) {
      both += a[row] && b[row] ? 1 : 0;
    }
    return both;
  }

  /** The rows of a found slice. */
  boolean[] rowsOf(FoundSlice slice) {
    boolean[] inside = new boolean[rows.size()];
    for (int row = 0; row < inside.length; row++) {
      inside[row] = true;
      for (String words : slice.conditions()) {
        Condition condition = conditions.stream()
            .filter(one -> one.words().equals(words))
            .findFirst()
            .orElseThrow();
        inside[row] &= Condition.has(condition.members(), row);
      }
    }
    return inside;
  }
}
