package dev.weir.model.bundle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How often each distinct combination of true and unknown flags stood among reference rows. */
public record FlagCounts(List<Combination> combinations) {
  private static final Comparator<Combination> ORDER = Comparator.comparing(
          Combination::truths, Long::compareUnsigned)
      .thenComparing(Combination::unknowns, Long::compareUnsigned)
      .thenComparingInt(Combination::finestN);

  /** @throws IllegalArgumentException if there is none, or one comes twice */
  public FlagCounts {
    combinations = List.copyOf(combinations);
    if (combinations.isEmpty()) {
      throw new IllegalArgumentException("no combination of flags has a row");
    }
    Set<Combination> distinct = new TreeSet<>(ORDER);
    distinct.addAll(combinations);
    if (distinct.size() < combinations.size()) {
      throw new IllegalArgumentException("a combination of flags comes twice");
    }
  }

  /** The rows of all of these, rows alike together, in an order that they alone give. */
  public static FlagCounts of(Stream<Combination> rows) {
    Map<Combination, Integer> counts = new TreeMap<>(ORDER);
    rows.forEach(row -> counts.merge(row, row.count(), Integer::sum));
    return new FlagCounts(counts.entrySet().stream()
        .map(row -> new Combination(
            row.getKey().truths(), row.getKey().unknowns(), row.getKey().finestN(), row.getValue()))
        .toList());
  }

  /** How many rows there are. */
  public long rows() {
    return combinations.stream().mapToLong(Combination::count).sum();
  }

  /**
   * Rows alike.
   *
   * @param truths bit i is set iff flag i is true
   * @param unknowns bit i is set iff flag i is unknown
   * @param finestN training records of their finest prior key
   */
  public record Combination(long truths, long unknowns, int finestN, int count) {
    /** @throws IllegalArgumentException if a number of rows is negative, or a flag true and unknown */
    public Combination {
      if (finestN < 0 || count < 1) {
        throw new IllegalArgumentException(
            "a combination of flags has no such number of rows: finestN " + finestN + ", count "
                + count);
      }
      if ((truths & unknowns) != 0) {
        throw new IllegalArgumentException("a combination has a flag that is true and unknown");
      }
    }
  }

  /** The share of reference rows that the predicate selects, in [0, 1]. */
  public double share(Predicate<Combination> selected) {
    long chosen = 0;
    for (Combination combination : combinations) {
      chosen += selected.test(combination) ? combination.count() : 0;
    }
    return chosen / (double) rows();
  }
}
