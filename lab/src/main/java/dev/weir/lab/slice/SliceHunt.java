package dev.weir.lab.slice;

import dev.weir.model.metric.WilsonInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds slices on one half of the rows and tests each once on the other.
 *
 * <p>ERROR is ranked by the lower Wilson bound of the error, and tested by the hypergeometric tail: so many
 * wrong rows in a slice drawn without regard to them. EXCESS is ranked by the standard deviations that
 * errors lie above what confidence expects, and tested by the exact tail of their number, a sum of
 * independent trials whose probabilities confidence states (Poisson binomial). Rows of one group err
 * together, so a tail is widened by the slice's design effect.
 */
final class SliceHunt {
  private static final int CONDITIONS_MAX = 3;
  private static final int KEPT = 1_000;
  private static final double Z = 3;

  private final SliceRows rows;
  private final List<Condition> conditions;
  private final SliceMiner.Settings settings;
  private final FoundSlice.Lift lift;
  private final long[] finding;
  private final long[] confirming;
  private final double overall;
  private final double correlation;

  /** @param second whether slices are found on the second half */
  SliceHunt(
      SliceRows rows,
      List<Condition> conditions,
      SliceMiner.Settings settings,
      FoundSlice.Lift lift,
      boolean second) {
    this.rows = rows;
    this.conditions = conditions;
    this.settings = settings;
    this.lift = lift;
    this.finding = rows.half(second);
    this.confirming = rows.half(!second);
    this.overall = rows.sums(all(rows.size())).error();
    this.correlation = rows.correlation(this::residual);
  }

  /**
   * A slice that was tested.
   *
   * @param parts its conditions' positions
   * @param p of so many errors on the other half, by chance alone
   */
  record Tried(List<Integer> parts, double p) {}

  /** Some conditions together, on the finding half. */
  private record Candidate(List<Integer> parts, double score) {}

  /** The best, one by one, each on the rows that those before it left. */
  List<Tried> tried() {
    List<Candidate> best = best();
    List<Tried> tried = new ArrayList<>();
    long[] left = all(rows.size());
    while (tried.size() < settings.findsMax()) {
      Optional<Candidate> next = next(best, left);
      if (next.isEmpty()) {
        break;
      }
      List<Integer> parts = next.get().parts();
      long[] members = members(conditions, parts);
      tried.add(new Tried(parts, tail(Condition.and(members, left), left)));
      left = Condition.without(left, members);
    }
    return tried;
  }

  long[] finding() {
    return finding;
  }

  long[] confirming() {
    return confirming;
  }

  private static long[] all(int rows) {
    long[] all = Condition.none(rows);
    for (int row = 0; row < rows; row++) {
      Condition.add(all, row);
    }
    return all;
  }

  static long[] members(List<Condition> conditions, List<Integer> parts) {
    long[] members = conditions.get(parts.get(0)).members();
    for (int part : parts.subList(1, parts.size())) {
      members = Condition.and(members, conditions.get(part).members());
    }
    return members;
  }

  /** The candidates worth a second look: those of the highest scores on the finding half. */
  private List<Candidate> best() {
    PriorityQueue<Candidate> best =
        new PriorityQueue<>(Comparator.comparingDouble(Candidate::score));
    extend(List.of(), finding, best);
    List<Candidate> ordered = new ArrayList<>(best);
    ordered.sort(Comparator.comparingDouble((Candidate c) -> -c.score())
        .thenComparing(c -> c.parts().size())
        .thenComparing(c -> c.parts().toString()));
    return ordered;
  }

  private void extend(List<Integer> parts, long[] members, PriorityQueue<Candidate> best) {
    int before = Condition.count(members);
    int from = parts.isEmpty() ? 0 : parts.get(parts.size() - 1) + 1;
    for (int next = from; next < conditions.size(); next++) {
      long[] added = conditions.get(next).members();
      int count = Condition.countBoth(members, added);
      // A condition that leaves nobody out says nothing.
      if (count < settings.supportMin() || count == before) {
        continue;
      }
      List<Integer> longer = new ArrayList<>(parts);
      longer.add(next);
      long[] both = Condition.and(members, added);
      double score = score(rows.sums(both));
      if (score > 0) {
        best.add(new Candidate(List.copyOf(longer), score));
        if (best.size() > KEPT) {
          best.poll();
        }
      }
      if (longer.size() < CONDITIONS_MAX) {
        extend(longer, both, best);
      }
    }
  }

  private double score(SliceRows.Sums sums) {
    return switch (lift) {
      case ERROR -> WilsonInterval.of(sums.wrong(), sums.rows(), Z).lower();
      case EXCESS -> sums.excessDeviations();
    };
  }

  /** The best on the rows that are left; empty where none has support, or more errors than the rest. */
  private Optional<Candidate> next(List<Candidate> candidates, long[] left) {
    long[] rest = Condition.and(left, finding);
    double error = rows.sums(rest).error();
    Optional<Candidate> best = Optional.empty();
    for (Candidate candidate : candidates) {
      SliceRows.Sums sums = rows.sums(Condition.and(members(conditions, candidate.parts()), rest));
      double score = score(sums);
      if (sums.rows() >= settings.supportMin()
          && sums.error() > error
          && score > best.map(Candidate::score).orElse(0.0)) {
        best = Optional.of(new Candidate(candidate.parts(), score));
      }
    }
    return best;
  }

  /** p of some rows on the confirming half, against all others there. */
  double tail(long[] members) {
    return tail(members, all(rows.size()));
  }

  private double tail(long[] members, long[] left) {
    long[] inside = Condition.and(members, confirming);
    SliceRows.Sums sums = rows.sums(inside);
    double alone = switch (lift) {
      case ERROR -> {
        SliceRows.Sums rest = rows.sums(Condition.and(left, confirming));
        yield Tails.hypergeometric(rest.rows(), rest.wrong(), sums.rows(), sums.wrong());
      }
      case EXCESS -> Tails.poissonBinomial(rows.expected(inside), sums.wrong());
    };
    return Tails.widened(alone, rows.designEffect(inside, this::spread, correlation));
  }

  private double chance(int row) {
    return lift == FoundSlice.Lift.ERROR ? overall : rows.expected()[row];
  }

  private double spread(int row) {
    return Math.sqrt(chance(row) * (1 - chance(row)));
  }

  private double residual(int row) {
    double spread = spread(row);
    return spread > 0 ? ((rows.wrong()[row] ? 1 : 0) - chance(row)) / spread : 0;
  }
}
