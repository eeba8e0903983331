package dev.weir.model.reference;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What batches of one domain are compared in, in a fixed order: per field how often it is not
 * observed; per category how often it stands, and how often one does that training did not have; per
 * boolean how often it is true; per channel how often it is zero and the mean logarithm of its
 * positive values, overall and within each category of the domain's stratum; per other number its
 * mean; and the mean surprise of each field.
 *
 * <p>A record's own numbers are read from its observed values alone.
 */
public final class DriftStatistics {
  /* A category that few training rows have tells nothing of a batch by itself. */
  private static final double CATEGORY_SHARE_MIN = 0.005;
  private static final int STRATA_MAX = 16;
  private static final int NONE = -1;

  private final Domain domain;
  private final Vocabulary vocabulary;
  private final Surprise surprise;
  private final int stratum;
  private final List<DriftStatistic> statistics = new ArrayList<>();
  private final int[] evidence;
  private final int[] missing;
  private final int[] first;
  private final int[][] categories;
  private final int[][] within;
  private final int[] surprises;

  /**
   * @param stratum the attribute with categories within which channels are looked at too; -1 for
   *     none
   */
  public DriftStatistics(
      Domain domain,
      int stratum,
      Vocabulary vocabulary,
      Frequencies frequencies,
      Surprise surprise) {
    this.domain = domain;
    this.vocabulary = vocabulary;
    this.surprise = surprise;
    this.stratum =
        stratum >= 0 && vocabulary.categories(stratum).size() <= STRATA_MAX ? stratum : NONE;
    int attributes = domain.attributes().size();
    this.evidence = domain.evidence();
    this.missing = Arrays.stream(evidence)
        .map(field -> rate("missing", domain.fields().get(field).name(), field))
        .toArray();
    this.first = new int[attributes];
    this.categories = new int[attributes][0];
    this.within = new int[attributes][0];
    this.surprises = new int[attributes];
    Arrays.fill(first, NONE);
    Arrays.fill(surprises, NONE);
    for (int a = 0; a < attributes; a++) {
      if (domain.isEvidence(a)) {
        declare(a, frequencies);
      }
    }
    for (int a = 0; a < attributes; a++) {
      if (domain.isEvidence(a) && surprise.predicts(a)) {
        surprises[a] = mean("surprise", a, "");
      }
    }
  }

  private void declare(int a, Frequencies frequencies) {
    Attribute attribute = domain.attributes().get(a);
    switch (attribute.kind()) {
      case CATEGORY -> declareCategories(a, frequencies);
      case BOOLEAN -> first[a] = rate("true", attribute.name(), attribute.field());
      case NUMBER -> {
        if (isChannel(attribute)) {
          first[a] = declareChannel(a, "");
          within[a] = strata().stream()
              .mapToInt(category -> declareChannel(
                  a, " | " + domain.attributes().get(stratum).name() + "=" + category))
              .toArray();
        } else {
          first[a] = mean("mean", a, "");
        }
      }
      default -> {}
    }
  }

  private void declareCategories(int a, Frequencies frequencies) {
    Attribute attribute = domain.attributes().get(a);
    List<String> names = vocabulary.categories(a);
    int[] counts = frequencies.categories()[a];
    first[a] = rate("unknown", attribute.name(), attribute.field());
    categories[a] = new int[names.size()];
    for (int code = 0; code < names.size(); code++) {
      boolean common = counts[code] >= CATEGORY_SHARE_MIN * frequencies.rows();
      categories[a][code] = common
          ? rate("share", attribute.name() + "=" + names.get(code), attribute.field())
          : NONE;
    }
  }

  private List<String> strata() {
    return stratum == NONE ? List.of() : vocabulary.categories(stratum);
  }

  /** The rate of zeros, and after it the mean logarithm. */
  private int declareChannel(int a, String condition) {
    Attribute attribute = domain.attributes().get(a);
    int zero = rate("zero", attribute.name() + condition, attribute.field());
    mean("log", a, condition);
    return zero;
  }

  private int rate(String of, String what, int field) {
    return add(of, what, field, true);
  }

  private int mean(String of, int a, String condition) {
    Attribute attribute = domain.attributes().get(a);
    return add(of, attribute.name() + condition, attribute.field(), false);
  }

  private int add(String of, String what, int field, boolean rate) {
    statistics.add(
        new DriftStatistic(of + "(" + what + ")", domain.fields().get(field).name(), rate));
    return statistics.size() - 1;
  }

  private boolean isChannel(Attribute attribute) {
    return Arrays.binarySearch(domain.channels(), attribute.field()) >= 0;
  }

  /** All statistics, in order. */
  public List<DriftStatistic> all() {
    return List.copyOf(statistics);
  }

  public int size() {
    return statistics.size();
  }

  boolean isRate(int statistic) {
    return statistics.get(statistic).rate();
  }

  /** An array for a record's codes. */
  public int[] codes() {
    return new int[domain.attributes().size()];
  }

  /**
   * Fills in a record's own numbers; allocates nothing.
   *
   * @param codes is filled in too
   * @param values by statistic; NaN where the record has none
   */
  public void read(RawRecord record, int[] codes, double[] values) {
    read(record, surprise, codes, values);
  }

  /** The same by other trees, which must predict the same attributes. */
  public void read(RawRecord record, Surprise trees, int[] codes, double[] values) {
    Arrays.fill(values, Double.NaN);
    long observed = record.observed();
    trees.code(record, observed, codes);
    for (int e = 0; e < evidence.length; e++) {
      values[missing[e]] = has(observed, evidence[e]) ? 0 : 1;
    }
    int place = stratum == NONE ? NONE : code(record, stratum);
    for (int a = 0; a < first.length; a++) {
      if (first[a] != NONE && has(observed, domain.attributes().get(a).field())) {
        readAttribute(record, a, place, values);
      }
      if (surprises[a] != NONE) {
        values[surprises[a]] = trees.of(a, codes);
      }
    }
  }

  private void readAttribute(RawRecord record, int a, int place, double[] values) {
    Attribute attribute = domain.attributes().get(a);
    if (attribute.kind() == Kind.CATEGORY) {
      readCategory(code(record, a), a, values);
    } else if (attribute.kind() == Kind.BOOLEAN) {
      values[first[a]] = record.number(a) != 0 ? 1 : 0;
    } else if (isChannel(attribute)) {
      readChannel(record.number(a), first[a], values);
      if (place >= 0 && place < within[a].length) {
        readChannel(record.number(a), within[a][place], values);
      }
    } else {
      values[first[a]] = record.number(a);
    }
  }

  private void readCategory(int code, int a, double[] values) {
    values[first[a]] = code == Vocabulary.UNSEEN ? 1 : 0;
    for (int c = 0; c < categories[a].length; c++) {
      if (categories[a][c] != NONE) {
        values[categories[a][c]] = c == code ? 1 : 0;
      }
    }
  }

  private static void readChannel(double amount, int zero, double[] values) {
    boolean positive = amount > Marks.ZERO_TOLERANCE;
    values[zero] = positive ? 0 : 1;
    if (positive) {
      values[zero + 1] = StrictMath.log(amount);
    }
  }

  private int code(RawRecord record, int a) {
    return PairCounts.value(record, record.observed(), vocabulary, a);
  }

  private static boolean has(long mask, int field) {
    return (mask >>> field & 1) != 0;
  }
}
