package dev.weir.model.reference;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.numeric.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Raw values as small whole numbers, so that one value can be predicted from the others: a boolean
 * is 0 or 1, a category its code, a number how many of its cuts lie below it. A channel's first cut
 * parts zero from the rest. Timestamps, and attributes with more than {@value #CATEGORIES_MAX}
 * categories, have no code.
 */
public final class Coding {
  /** The code of a value that is not looked at, or of a category that training did not have. */
  public static final int NONE = -1;

  static final int CATEGORIES_MAX = 64;

  private static final double[] NUMBER_CUTS = {
    0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98
  };
  private static final double[] CHANNEL_CUTS = {0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

  private final Domain domain;
  private final Vocabulary vocabulary;
  private final double[][] cuts;
  private final int[] sizes;

  /** @param cuts by attribute, ascending; empty for what is no number */
  public Coding(Domain domain, Vocabulary vocabulary, double[][] cuts) {
    this.domain = domain;
    this.vocabulary = vocabulary;
    this.cuts = Arrays.stream(cuts).map(double[]::clone).toArray(double[][]::new);
    this.sizes = new int[domain.attributes().size()];
    for (int a = 0; a < sizes.length; a++) {
      sizes[a] = size(a);
      for (int i = 1; i < cuts[a].length; i++) {
        if (!(cuts[a][i] > cuts[a][i - 1])) {
          throw new IllegalArgumentException("cut " + i + " of attribute " + a + " does not rise");
        }
      }
    }
  }

  private int size(int attribute) {
    if (!domain.isEvidence(attribute)) {
      return 0;
    }
    return switch (domain.attributes().get(attribute).kind()) {
      case BOOLEAN -> 2;
      case NUMBER -> cuts[attribute].length + 1;
      case CATEGORY -> {
        int categories = vocabulary.categories(attribute).size();
        yield categories <= CATEGORIES_MAX ? categories : 0;
      }
      default -> 0;
    };
  }

  /** Cuts at quantiles of training rows' observed values; of a channel's positive ones. */
  public static Coding learn(Domain domain, Vocabulary vocabulary, List<RawRecord> records) {
    List<Attribute> attributes = domain.attributes();
    double[][] cuts = new double[attributes.size()][0];
    for (int a = 0; a < cuts.length; a++) {
      if (attributes.get(a).kind() == Kind.NUMBER && domain.isEvidence(a)) {
        boolean channel =
            Arrays.binarySearch(domain.channels(), attributes.get(a).field()) >= 0;
        cuts[a] = cuts(records, attributes.get(a).field(), a, channel);
      }
    }
    return new Coding(domain, vocabulary, cuts);
  }

  private static double[] cuts(List<RawRecord> records, int field, int attribute, boolean channel) {
    double[] values = records.stream()
        .filter(record -> (record.observed() >>> field & 1) != 0)
        .mapToDouble(record -> record.number(attribute))
        .filter(value -> !channel || value > Marks.ZERO_TOLERANCE)
        .sorted()
        .toArray();
    DoubleStream quantiles = values.length == 0
        ? DoubleStream.empty()
        : DoubleStream.of(channel ? CHANNEL_CUTS : NUMBER_CUTS)
            .map(level -> Quantiles.type7(values, level));
    return DoubleStream.concat(
            channel ? DoubleStream.of(Marks.ZERO_TOLERANCE) : DoubleStream.empty(), quantiles)
        .distinct()
        .sorted()
        .toArray();
  }

  /** By attribute, the cuts; empty for what is no number. */
  public double[][] cuts() {
    return Arrays.stream(cuts).map(double[]::clone).toArray(double[][]::new);
  }

  /** How many attributes there are, coded or not. */
  public int attributes() {
    return sizes.length;
  }

  /** How many codes an attribute has; 0 where it has none. */
  public int codes(int attribute) {
    return sizes[attribute];
  }

  /** Whether an attribute's codes are in the order of its values. */
  public boolean isOrdered(int attribute) {
    return domain.attributes().get(attribute).kind() == Kind.NUMBER;
  }

  /** Bit f is set iff some attribute of field f is coded. */
  public long reads() {
    long mask = 0;
    for (int a = 0; a < sizes.length; a++) {
      mask |= sizes[a] > 0 ? 1L << domain.attributes().get(a).field() : 0;
    }
    return mask;
  }

  /**
   * Fills in the codes of a record; allocates nothing.
   *
   * @param visible bit f is set iff field f's value may be looked at
   * @param codes by attribute
   */
  public void code(RawRecord record, long visible, int[] codes) {
    for (int a = 0; a < sizes.length; a++) {
      codes[a] = sizes[a] == 0 ? NONE : code(record, visible, a);
    }
  }

  private int code(RawRecord record, long visible, int attribute) {
    Attribute of = domain.attributes().get(attribute);
    if (of.kind() != Kind.NUMBER) {
      return PairCounts.value(record, visible, vocabulary, attribute);
    }
    if ((visible >>> of.field() & 1) == 0) {
      return NONE;
    }
    double value = record.number(attribute);
    int code = 0;
    double[] ascending = cuts[attribute];
    while (code < ascending.length && value > ascending[code]) {
      code++;
    }
    return code;
  }
}
