package dev.weir.model.prior;

import dev.weir.model.feature.Evidence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Slice priors by key, from fine to coarse (gate.md §5). */
public final class SlicePriors {
  private final List<PriorKey> keys;
  private final List<Map<String, Cell>> levels;
  private final Cell all;
  private final double tau;

  /** Records with one key value, and how many of them were true. */
  public record Cell(int n, int trues) {
    public Cell {
      if (n < 0 || trues < 0 || trues > n) {
        throw new IllegalArgumentException(trues + " of " + n + " records cannot be true");
      }
    }

    double rate() {
      return trues / (double) n;
    }
  }

  /** Priors as they were stored; one level of cells for each key. */
  public SlicePriors(PriorPlan plan, List<Map<String, Cell>> levels, Cell all) {
    List<PriorKey> keys = plan.keys();
    if (keys.size() != levels.size()) {
      throw new IllegalArgumentException(
          "the priors have " + levels.size() + " levels, the domain " + keys.size());
    }
    if (all.n() == 0) {
      throw new IllegalArgumentException("the priors were learnt from no record");
    }
    this.keys = keys;
    this.levels = levels.stream().<Map<String, Cell>>map(TreeMap::new).toList();
    this.all = all;
    this.tau = plan.tau();
  }

  /** Counts training records by key. */
  public static SlicePriors learn(PriorPlan plan, List<Evidence> evidence, boolean[] labels) {
    SliceKeys keys = new SliceKeys(plan, labels.length);
    evidence.forEach(keys::add);
    return keys.learn(IntStream.range(0, labels.length).toArray(), labels);
  }

  /** The prior of a record: the finest level with any training record, and N at the finest. */
  public SlicePrior of(Evidence evidence) {
    return of(level -> keys.get(level).of(evidence));
  }

  /** The prior of a record whose keys are known. */
  public SlicePrior of(SliceKeys known, int row) {
    return of(level -> known.key(row, level));
  }

  private SlicePrior of(IntFunction<String> keyOfLevel) {
    for (int level = 0; level < keys.size(); level++) {
      String key = keyOfLevel.apply(level);
      Cell cell = levels.get(level).get(key);
      if (cell != null) {
        return blend(key, cell, level == 0 ? cell.n() : 0);
      }
    }
    return blend("all", all, keys.isEmpty() ? all.n() : 0);
  }

  private SlicePrior blend(String key, Cell cell, int finestN) {
    double weight = cell.n() / (cell.n() + tau);
    return new SlicePrior(
        key,
        cell.n(),
        finestN,
        cell.rate(),
        all.rate(),
        tau,
        weight * cell.rate() + (tau / (cell.n() + tau)) * all.rate());
  }

  /** By level, the cells by key. */
  public List<Map<String, Cell>> levels() {
    return levels;
  }

  public Cell all() {
    return all;
  }
}
