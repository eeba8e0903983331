package dev.weir.model.prior;

import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.EvidenceView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Slice priors by key, from fine to coarse (gate.md §5). */
public final class SlicePriors {
  private final List<PriorKey> keys;
  private final List<Map<String, Cell>> levels;
  private final List<PriorTable> tables;
  private final Cell all;
  private final SlicePrior overall;

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
    this.tables = IntStream.range(0, keys.size())
        .mapToObj(level -> table(level, plan.tau()))
        .toList();
    this.overall = blend("all", all, keys.isEmpty() ? all.n() : 0, plan.tau());
  }

  /* At a level after the first the finest key had no record, so all priors are known beforehand. */
  private PriorTable table(int level, double tau) {
    Map<String, SlicePrior> priors = new TreeMap<>();
    levels.get(level).forEach((key, cell) -> {
      if (cell.n() == 0) {
        throw new IllegalArgumentException(
            "the prior of '" + key + "' was learnt from no record; leave it out");
      }
      priors.put(key, blend(key, cell, level == 0 ? cell.n() : 0, tau));
    });
    return new PriorTable(priors);
  }

  /** Counts training records by key. */
  public static SlicePriors learn(PriorPlan plan, List<Evidence> evidence, boolean[] labels) {
    SliceKeys keys = new SliceKeys(plan, labels.length);
    evidence.forEach(keys::add);
    return keys.learn(IntStream.range(0, labels.length).toArray(), labels);
  }

  /** The prior of a record: the finest level with any training record, and N at the finest. */
  public SlicePrior of(EvidenceView evidence) {
    return of(evidence, new StringBuilder());
  }

  /** The prior of a record whose keys are known. */
  public SlicePrior of(SliceKeys known, int row) {
    for (int level = 0; level < tables.size(); level++) {
      SlicePrior prior = tables.get(level).of(known.key(row, level));
      if (prior != null) {
        return prior;
      }
    }
    return overall;
  }

  /** The same without allocating: keys are spelled in the builder, whose content is replaced. */
  public SlicePrior of(EvidenceView evidence, StringBuilder spelled) {
    for (int level = 0; level < tables.size(); level++) {
      keys.get(level).spell(evidence, spelled);
      SlicePrior found = tables.get(level).of(spelled);
      if (found != null) {
        return found;
      }
    }
    return overall;
  }

  private SlicePrior blend(String key, Cell cell, int finestN, double tau) {
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
