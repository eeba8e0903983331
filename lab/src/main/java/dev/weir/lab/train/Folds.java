package dev.weir.lab.train;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.numeric.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Who is judged by what was learnt from whom: no group is ever on both sides of a split, and where the domain names a
 * time, nothing is learnt from a row that is not older than everything it judges.
 *
 * @param foldOfRow by row, the position in {@code splits} of the one that judges it; -1 where none does
 * @param groupOfRow by row, numbered in order of appearance
 * @param groups how many there are
 */
public record Folds(int[] foldOfRow, int[] groupOfRow, int groups, List<Split> splits) {
  private static final int NONE = -1;

  public Folds {
    splits = List.copyOf(splits);
  }

  /**
   * So many folds of about equal size.
   *
   * @throws IllegalArgumentException if the domain names a time and a record has none
   */
  public static Folds of(List<RawRecord> records, int folds, long seed) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] groupOfRow = new int[records.size()];
    for (int i = 0; i < groupOfRow.length; i++) {
      groupOfRow[i] = numbers.computeIfAbsent(records.get(i).group(), key -> numbers.size());
    }
    boolean isTimed = !records.isEmpty() && records.get(0).domain().timeField().isPresent();
    return isTimed
        ? forward(times(records), groupOfRow, numbers.size(), folds)
        : shuffled(groupOfRow, numbers.size(), folds, seed);
  }

  /* Shuffles the groups and deals each to the fold that has the fewest rows. */
  private static Folds shuffled(int[] groupOfRow, int groups, int folds, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, groups).boxed().toList());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = groups - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    int[] sizes = sizes(groupOfRow, groups);
    int[] foldOfGroup = new int[groups];
    int[] rows = new int[folds];
    for (int group : order) {
      int smallest = 0;
      for (int fold = 1; fold < folds; fold++) {
        smallest = rows[fold] < rows[smallest] ? fold : smallest;
      }
      foldOfGroup[group] = smallest;
      rows[smallest] += sizes[group];
    }
    int[] foldOfRow = IntStream.of(groupOfRow).map(group -> foldOfGroup[group]).toArray();
    return new Folds(foldOfRow, groupOfRow, groups, Split.of(foldOfRow));
  }

  /*
   * Groups in order of their first row's time are cut into one part more than there are folds. Each part after the first
   * is judged by the groups whose last row is older than the part's first row; a group that reaches across is left out.
   */
  private static Folds forward(long[] times, int[] groupOfRow, int groups, int folds) {
    long[] first = new long[groups];
    long[] last = new long[groups];
    Arrays.fill(first, Long.MAX_VALUE);
    Arrays.fill(last, Long.MIN_VALUE);
    for (int i = 0; i < times.length; i++) {
      first[groupOfRow[i]] = Math.min(first[groupOfRow[i]], times[i]);
      last[groupOfRow[i]] = Math.max(last[groupOfRow[i]], times[i]);
    }
    int[] order = IntStream.range(0, groups)
        .boxed()
        .sorted(Comparator.comparingLong(group -> first[group]))
        .mapToInt(Integer::intValue)
        .toArray();
    int[] sizes = sizes(groupOfRow, groups);
    int[] partOfGroup = new int[groups];
    long rows = 0;
    for (int group : order) {
      partOfGroup[group] = (int) (rows * (folds + 1) / times.length);
      rows += sizes[group];
    }
    List<Split> splits = new ArrayList<>();
    int[] foldOfRow = new int[times.length];
    Arrays.fill(foldOfRow, NONE);
    for (int part = 1; part <= folds; part++) {
      int judgedPart = part;
      int[] judged = IntStream.range(0, times.length)
          .filter(i -> partOfGroup[groupOfRow[i]] == judgedPart)
          .toArray();
      long start = IntStream.of(judged).mapToLong(i -> times[i]).min().orElse(Long.MIN_VALUE);
      int[] fitted = IntStream.range(0, times.length)
          .filter(i -> last[groupOfRow[i]] < start)
          .toArray();
      if (judged.length > 0 && fitted.length > 0) {
        for (int i : judged) {
          foldOfRow[i] = splits.size();
        }
        splits.add(new Split(fitted, judged));
      }
    }
    return new Folds(foldOfRow, groupOfRow, groups, splits);
  }

  private static long[] times(List<RawRecord> records) {
    long[] times = new long[records.size()];
    for (int i = 0; i < times.length; i++) {
      RawRecord record = records.get(i);
      times[i] = record
          .time()
          .orElseThrow(() -> new IllegalArgumentException("record " + record.id()
              + " has no time; folds that go forward in time need one on every row"));
    }
    return times;
  }

  private static int[] sizes(int[] groupOfRow, int groups) {
    int[] sizes = new int[groups];
    for (int group : groupOfRow) {
      sizes[group]++;
    }
    return sizes;
  }

  /** The rows that some split judges, ascending. */
  int[] judged() {
    return IntStream.range(0, foldOfRow.length)
        .filter(i -> foldOfRow[i] != NONE)
        .toArray();
  }

  /** All rows, or where those are too many, the rows of a random draw of groups; ascending. */
  int[] sample(int rowsMax, long seed) {
    int[] all = IntStream.range(0, foldOfRow.length).toArray();
    if (all.length <= rowsMax) {
      return all;
    }
    double share = rowsMax / (double) all.length;
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] drawn = new boolean[groups];
    for (int group = 0; group < drawn.length; group++) {
      drawn[group] = random.nextDouble() < share;
    }
    return IntStream.of(all).filter(i -> drawn[groupOfRow[i]]).toArray();
  }

  /**
   * The splits among the judged rows, for what is fitted to figures that only judged rows have; positions are those in
   * {@link #judged}. A split without rows to fit to is left out.
   */
  List<Split> amongJudged() {
    return among(judged());
  }

  /** The splits among some rows; positions are those in {@code rows}. A split without rows to fit to is left out. */
  List<Split> among(int[] rows) {
    int[] position = new int[foldOfRow.length];
    Arrays.fill(position, NONE);
    for (int i = 0; i < rows.length; i++) {
      position[rows[i]] = i;
    }
    return splits.stream()
        .map(split ->
            new Split(positions(split.fitted(), position), positions(split.judged(), position)))
        .filter(split -> split.fitted().length > 0)
        .toList();
  }

  private static int[] positions(int[] rows, int[] position) {
    return IntStream.of(rows).map(i -> position[i]).filter(p -> p != NONE).toArray();
  }
}
