package dev.weir.model.bundle;

import java.util.List;
import java.util.function.Predicate;

/** How often each distinct combination of true and unknown flags stood among reference rows. */
public record FlagCounts(List<Combination> combinations) {
  public FlagCounts {
    combinations = List.copyOf(combinations);
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
      if (finestN < 0 || count < 0) {
        throw new IllegalArgumentException(
            "a combination of flags has a negative number of rows: finestN " + finestN + ", count "
                + count);
      }
      if ((truths & unknowns) != 0) {
        throw new IllegalArgumentException("a combination has a flag that is true and unknown");
      }
    }
  }

  /** The share of reference rows that the predicate selects, in [0, 1]. */
  public double share(Predicate<Combination> selected) {
    long all = 0;
    long chosen = 0;
    for (Combination combination : combinations) {
      all += combination.count();
      chosen += selected.test(combination) ? combination.count() : 0;
    }
    return all == 0 ? 0 : chosen / (double) all;
  }
}
