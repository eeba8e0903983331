package dev.weir.lab.train;

import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows in folds that never split a group.
 *
 * @param foldOfRow by row, from 0
 * @param groupOfRow by row, numbered in order of appearance
 * @param groups how many there are
 */
record GroupFolds(int[] foldOfRow, int[] groupOfRow, int groups) {
  /** Shuffles the groups and deals each to the fold that has the fewest rows. */
  static GroupFolds of(List<RawRecord> records, int folds, long seed) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] groupOfRow = new int[records.size()];
    for (int i = 0; i < groupOfRow.length; i++) {
      groupOfRow[i] = numbers.computeIfAbsent(records.get(i).group(), key -> numbers.size());
    }
    int[] sizes = new int[numbers.size()];
    for (int group : groupOfRow) {
      sizes[group]++;
    }
    int[] foldOfGroup = deal(shuffled(sizes.length, seed), sizes, folds);
    int[] foldOfRow = new int[groupOfRow.length];
    for (int i = 0; i < foldOfRow.length; i++) {
      foldOfRow[i] = foldOfGroup[groupOfRow[i]];
    }
    return new GroupFolds(foldOfRow, groupOfRow, sizes.length);
  }

  private static List<Integer> shuffled(int count, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = count - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  private static int[] deal(List<Integer> order, int[] sizes, int folds) {
    int[] foldOfGroup = new int[sizes.length];
    int[] rows = new int[folds];
    for (int group : order) {
      int smallest = 0;
      for (int fold = 1; fold < folds; fold++) {
        smallest = rows[fold] < rows[smallest] ? fold : smallest;
      }
      foldOfGroup[group] = smallest;
      rows[smallest] += sizes[group];
    }
    return foldOfGroup;
  }

  /** Which rows are in a fold, or outside it. */
  int[] rows(int fold, boolean inside) {
    return java.util.stream.IntStream.range(0, foldOfRow.length)
        .filter(i -> (foldOfRow[i] == fold) == inside)
        .toArray();
  }
}
