package dev.weir.lab.slice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.json.CanonicalJson;
import dev.weir.model.metric.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds conjunctions of up to three conditions in which a model errs more (lab.md §9): on one half of the groups all of
 * them are scored and the best kept one by one, each on the rows that those before it left; on the other half each is
 * tested once.
 */
public final class SliceMiner {
  /*
   * ERROR is ranked by the lower Wilson bound of the error, and confirmed by the hypergeometric tail: so many wrong rows
   * in a slice drawn without regard to them. EXCESS is ranked by the standard deviations that errors lie above what
   * confidence expects, and confirmed by the normal tail of the same figure: the number of errors is a sum of independent
   * trials whose probabilities confidence states (Poisson binomial), of at least supportMin rows. Holm's correction over
   * all that are tested bounds the chance of any false one, hence the false discovery rate too.
   */
  private static final int CONDITIONS_MAX = 3;
  private static final int KEPT = 1_000;
  private static final double Z = 3;
  private static final String NAME = "hard_";

  private final SliceRows rows;
  private final List<Condition> conditions;
  private final Settings settings;
  private final long[] finding;
  private final long[] confirming;

  /**
   * How to look.
   *
   * @param supportMin rows of each half that a slice has at least
   * @param findsMax slices that are tested at most
   * @param alpha the chance that anything false is confirmed
   */
  public record Settings(int supportMin, int findsMax, double alpha) {
    /** For so many rows: at least 30, and half of a per cent of a half. */
    public static Settings of(int rows) {
      return new Settings(Math.max(30, rows / 400), 30, 0.05);
    }
  }

  public SliceMiner(SliceRows rows, List<Condition> conditions, Settings settings) {
    this.rows = rows;
    this.conditions = List.copyOf(conditions);
    this.settings = settings;
    this.finding = rows.half(false);
    this.confirming = rows.half(true);
  }

  /** Some conditions together, on the finding half. */
  private record Candidate(List<Integer> parts, double score) {}

  /** What is found, the best first, with the other half's word on each. */
  public List<FoundSlice> mine(FoundSlice.Lift lift) {
    List<Candidate> best = best(lift);
    List<List<Integer>> picked = new ArrayList<>();
    List<Double> ps = new ArrayList<>();
    long[] left = all();
    while (picked.size() < settings.findsMax()) {
      Optional<Candidate> next = next(best, lift, left);
      if (next.isEmpty()) {
        break;
      }
      List<Integer> parts = next.get().parts();
      long[] members = members(parts);
      long[] rest = left;
      SliceRows.Sums tested = rows.sums(Condition.and(Condition.and(members, rest), confirming));
      ps.add(tail(lift, tested, rows.sums(Condition.and(rest, confirming))));
      picked.add(parts);
      left = without(rest, members);
    }
    List<Double> corrected = holm(ps);
    Set<String> names = new HashSet<>();
    List<FoundSlice> slices = new ArrayList<>();
    for (int i = 0; i < picked.size(); i++) {
      slices.add(slice(lift, picked.get(i), corrected.get(i), names));
    }
    return slices;
  }

  private long[] all() {
    long[] all = Condition.none(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Condition.add(all, row);
    }
    return all;
  }

  private static long[] without(long[] members, long[] removed) {
    long[] left = new long[members.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = members[i] & ~removed[i];
    }
    return left;
  }

  private long[] members(List<Integer> parts) {
    long[] members = conditions.get(parts.get(0)).members();
    for (int part : parts.subList(1, parts.size())) {
      members = Condition.and(members, conditions.get(part).members());
    }
    return members;
  }

  /** The candidates worth a second look: those of the highest scores on the finding half. */
  private List<Candidate> best(FoundSlice.Lift lift) {
    PriorityQueue<Candidate> best =
        new PriorityQueue<>(Comparator.comparingDouble(Candidate::score));
    extend(List.of(), finding, lift, best);
    List<Candidate> ordered = new ArrayList<>(best);
    ordered.sort(Comparator.comparingDouble((Candidate c) -> -c.score())
        .thenComparing(c -> c.parts().size())
        .thenComparing(c -> c.parts().toString()));
    return ordered;
  }

  private void extend(
      List<Integer> parts, long[] members, FoundSlice.Lift lift, PriorityQueue<Candidate> best) {
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
      double score = score(lift, rows.sums(both));
      if (score > 0) {
        best.add(new Candidate(List.copyOf(longer), score));
        if (best.size() > KEPT) {
          best.poll();
        }
      }
      if (longer.size() < CONDITIONS_MAX) {
        extend(longer, both, lift, best);
      }
    }
  }

  private static double score(FoundSlice.Lift lift, SliceRows.Sums sums) {
    return switch (lift) {
      case ERROR -> WilsonInterval.of(sums.wrong(), sums.rows(), Z).lower();
      case EXCESS -> sums.excessDeviations();
    };
  }

  /** The best on the rows that are left; empty where none has support, or more errors than the rest. */
  private Optional<Candidate> next(List<Candidate> candidates, FoundSlice.Lift lift, long[] left) {
    long[] rest = Condition.and(left, finding);
    double error = rows.sums(rest).error();
    Optional<Candidate> best = Optional.empty();
    for (Candidate candidate : candidates) {
      SliceRows.Sums sums = rows.sums(Condition.and(members(candidate.parts()), rest));
      double score = score(lift, sums);
      if (sums.rows() >= settings.supportMin()
          && sums.error() > error
          && score > best.map(Candidate::score).orElse(0.0)) {
        best = Optional.of(new Candidate(candidate.parts(), score));
      }
    }
    return best;
  }

  private static double tail(FoundSlice.Lift lift, SliceRows.Sums inside, SliceRows.Sums all) {
    return switch (lift) {
      case ERROR -> Tails.hypergeometric(all.rows(), all.wrong(), inside.rows(), inside.wrong());
      case EXCESS -> Tails.normal(inside.excessDeviations());
    };
  }

  /** Holm's step-down correction: the k-th smallest times the number of those not smaller, never falling. */
  static List<Double> holm(List<Double> ps) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ps.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(ps::get));
    double[] corrected = new double[ps.size()];
    double largest = 0;
    for (int k = 0; k < order.size(); k++) {
      largest = Math.max(largest, Math.min(1, ps.get(order.get(k)) * (ps.size() - k)));
      corrected[order.get(k)] = largest;
    }
    return Arrays.stream(corrected).boxed().toList();
  }

  private FoundSlice slice(FoundSlice.Lift lift, List<Integer> parts, double p, Set<String> names) {
    List<String> words =
        parts.stream().map(part -> conditions.get(part).words()).toList();
    long[] members = members(parts);
    return new FoundSlice(
        lift,
        words,
        name(words, names),
        CanonicalJson.inOwnOrder(detector(parts)),
        figures(members, finding),
        figures(members, confirming),
        p,
        p <= settings.alpha());
  }

  private FoundSlice.Figures figures(long[] members, long[] half) {
    SliceRows.Sums inside = rows.sums(Condition.and(members, half));
    double overall = rows.sums(half).error();
    return new FoundSlice.Figures(
        inside.rows(),
        inside.error(),
        inside.meanExpected(),
        overall > 0 ? inside.error() / overall : 0);
  }

  private JsonNode detector(List<Integer> parts) {
    if (parts.size() == 1) {
      return conditions.get(parts.get(0)).detector();
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode array = all.putArray("allOf");
    parts.forEach(part -> array.add(conditions.get(part).detector()));
    return all;
  }

  private static String name(List<String> words, Set<String> taken) {
    String stem = NAME
        + words.stream()
            .map(word ->
                word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", ""))
            .collect(Collectors.joining("_and_"));
    String name = stem;
    for (int i = 2; !taken.add(name); i++) {
      name = stem + "_" + i;
    }
    return name;
  }
}
