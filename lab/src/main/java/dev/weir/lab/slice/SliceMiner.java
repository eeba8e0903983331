package dev.weir.lab.slice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds conjunctions of up to three conditions in which a model errs more (lab.md §9): on one half of the groups all of
 * them are scored and the best kept one by one, each on the rows that those before it left; on the other half each is
 * tested once. Then the halves change places, so that no row only finds or only confirms.
 */
public final class SliceMiner {
  private static final String NAME = "hard_";

  private final SliceRows rows;
  private final List<Condition> conditions;
  private final Settings settings;

  /**
   * How to look.
   *
   * @param supportMin rows of each half that a slice has at least
   * @param findsMax slices that are tested at most, of each half
   * @param falseShare the share of what either half confirms that is expected to be there by chance, at most
   */
  public record Settings(int supportMin, int findsMax, double falseShare) {
    /** For so many rows: at least 30, and half of a per cent of a half. */
    public static Settings of(int rows) {
      return new Settings(Math.max(30, rows / 400), 30, 0.05);
    }
  }

  public SliceMiner(SliceRows rows, List<Condition> conditions, Settings settings) {
    this.rows = rows;
    this.conditions = List.copyOf(conditions);
    this.settings = settings;
  }

  /**
   * A tested slice and the half that had its word on it.
   *
   * @param share of false ones at which it is still confirmed
   * @param pMax the largest uncorrected p of those that its half confirms
   */
  private record Tested(SliceHunt hunt, List<Integer> parts, double share, double pMax) {}

  /** What is found, the surest first, with the other half's word on each. */
  public List<FoundSlice> mine(FoundSlice.Lift lift) {
    List<Tested> tested = new ArrayList<>(tested(lift, false));
    tested.addAll(tested(lift, true));
    tested.sort(Comparator.comparingDouble(Tested::share));
    Set<String> names = new HashSet<>();
    List<FoundSlice> slices = new ArrayList<>();
    long[] said = Condition.none(rows.size());
    for (Tested one : tested) {
      long[] members = SliceHunt.members(conditions, one.parts());
      if (isNews(one, members, said)) {
        slices.add(slice(lift, one, members, names));
        said = Condition.or(said, members);
      }
    }
    return slices;
  }

  private List<Tested> tested(FoundSlice.Lift lift, boolean second) {
    SliceHunt hunt = new SliceHunt(rows, conditions, settings, lift, second);
    List<SliceHunt.Tried> tried = hunt.tried();
    List<Double> shares = stepUp(weighted(tried.stream().map(SliceHunt.Tried::p).toList()));
    double pMax = 0;
    for (int i = 0; i < tried.size(); i++) {
      pMax =
          shares.get(i) <= settings.falseShare() ? Math.max(pMax, tried.get(i).p()) : pMax;
    }
    List<Tested> tested = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      tested.add(new Tested(hunt, tried.get(i).parts(), shares.get(i), pMax));
    }
    return tested;
  }

  /*
   * What one half finds, the other may find again, or a relative of it. Most of its rows must be new, and where it is
   * confirmed they must bear it out without the others.
   */
  private boolean isNews(Tested one, long[] members, long[] said) {
    long[] own = Condition.without(members, said);
    return 2 * Condition.count(own) >= Condition.count(members)
        && (one.share() > settings.falseShare() || one.hunt().tail(own) <= one.pMax());
  }

  /**
   * p by weights that fall as 1/k and are 1 in the mean (Genovese, Roeder and Wasserman, 2006): the half that found them
   * has said which are likely to stand, and the k-th is less so than the first.
   */
  static List<Double> weighted(List<Double> ps) {
    double harmonic = 0;
    for (int k = 1; k <= ps.size(); k++) {
      harmonic += 1.0 / k;
    }
    List<Double> weighted = new ArrayList<>();
    for (int k = 1; k <= ps.size(); k++) {
      weighted.add(Math.min(1, ps.get(k - 1) * k * harmonic / ps.size()));
    }
    return weighted;
  }

  /**
   * The least share of false ones at which each would still be among the confirmed (Benjamini and Hochberg, 1995): the
   * k-th smallest times their number over k, never above a later one.
   */
  static List<Double> stepUp(List<Double> ps) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ps.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(ps::get));
    double[] corrected = new double[ps.size()];
    double smallest = 1;
    for (int k = order.size(); k > 0; k--) {
      smallest = Math.min(smallest, ps.get(order.get(k - 1)) * ps.size() / k);
      corrected[order.get(k - 1)] = smallest;
    }
    return Arrays.stream(corrected).boxed().toList();
  }

  private FoundSlice slice(FoundSlice.Lift lift, Tested one, long[] members, Set<String> names) {
    List<String> words =
        one.parts().stream().map(part -> conditions.get(part).words()).toList();
    return new FoundSlice(
        lift,
        words,
        name(words, names),
        CanonicalJson.inOwnOrder(detector(one.parts())),
        figures(members, one.hunt().finding()),
        figures(members, one.hunt().confirming()),
        one.share(),
        one.share() <= settings.falseShare());
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
