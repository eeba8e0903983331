package dev.weir.lab.train;

import dev.weir.model.numeric.Split;
import java.util.List;
import java.util.stream.IntStream;

/** Values of some rows, in the rows' order. */
final class Picked {
  private Picked() {}

  static boolean[] of(boolean[] values, int[] rows) {
    boolean[] picked = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = values[rows[i]];
    }
    return picked;
  }

  static int[] of(int[] values, int[] rows) {
    return IntStream.of(rows).map(row -> values[row]).toArray();
  }

  static double[] of(double[] values, int[] rows) {
    return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
  }

  /** The splits with nothing but given rows. */
  static List<Split> of(List<Split> splits, int[] rows, int size) {
    boolean[] kept = new boolean[size];
    for (int row : rows) {
      kept[row] = true;
    }
    return splits.stream()
        .map(split -> new Split(only(split.fitted(), kept), only(split.judged(), kept)))
        .toList();
  }

  private static int[] only(int[] rows, boolean[] kept) {
    return IntStream.of(rows).filter(row -> kept[row]).toArray();
  }
}
