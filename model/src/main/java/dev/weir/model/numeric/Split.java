package dev.weir.model.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One turn of cross-validation: positions of rows that are fitted to, and of others that are judged.
 *
 * @param fitted ascending
 * @param judged ascending, none of them fitted
 */
public record Split(int[] fitted, int[] judged) {
  /**
   * A split for each fold: its rows are judged, all others fitted.
   *
   * @param folds the fold of each row, any numbers
   */
  public static List<Split> of(int[] folds) {
    TreeSet<Integer> distinct = new TreeSet<>();
    for (int fold : folds) {
      distinct.add(fold);
    }
    List<Split> splits = new ArrayList<>();
    for (int fold : distinct) {
      splits.add(new Split(rows(folds, fold, false), rows(folds, fold, true)));
    }
    return splits;
  }

  private static int[] rows(int[] folds, int fold, boolean inside) {
    return java.util.stream.IntStream.range(0, folds.length)
        .filter(row -> (folds[row] == fold) == inside)
        .toArray();
  }
}
