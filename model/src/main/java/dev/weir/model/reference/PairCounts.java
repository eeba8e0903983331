package dev.weir.model.reference;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often two discrete values stood together among the training rows that had both observed: what
 * tells an impossible combination from a rare one.
 *
 * <p>Discrete are categories, by their code, and booleans, 0 or 1. Two attributes with more than
 * {@value #COMBINATIONS_MAX} combinations are not counted.
 */
public final class PairCounts {
  /** Two attributes with more combinations are not counted. */
  public static final int COMBINATIONS_MAX = 4096;

  /** No pair was counted. */
  public static final PairCounts NONE = new PairCounts(List.of());

  private final List<Table> tables;
  private final int size;
  private final @Nullable Table[] byPair;

  /** Tables as they were stored, each for another pair. */
  public PairCounts(List<Table> tables) {
    this.tables = List.copyOf(tables);
    this.size = 1 + tables.stream().mapToInt(Table::second).max().orElse(-1);
    this.byPair = new Table[size * size];
    for (Table table : tables) {
      int place = table.first() * size + table.second();
      if (table.first() < 0 || table.first() >= table.second() || byPair[place] != null) {
        throw new IllegalArgumentException("a table of attributes " + table.first() + " and "
            + table.second() + " is the second one, or not in their order");
      }
      byPair[place] = table;
    }
  }

  /** Counts training rows. */
  public static PairCounts learn(Domain domain, Vocabulary vocabulary, List<RawRecord> records) {
    List<Attribute> all = domain.attributes();
    List<Table> tables = new ArrayList<>();
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        long combinations = (long) size(domain, vocabulary, a) * size(domain, vocabulary, b);
        if (combinations > 0
            && combinations <= COMBINATIONS_MAX
            && all.get(a).field() != all.get(b).field()) {
          tables.add(count(domain, vocabulary, records, a, b));
        }
      }
    }
    return new PairCounts(tables);
  }

  private static Table count(
      Domain domain, Vocabulary vocabulary, List<RawRecord> records, int a, int b) {
    int[][] counts = new int[size(domain, vocabulary, a)][size(domain, vocabulary, b)];
    for (RawRecord record : records) {
      int first = value(record, record.observed(), vocabulary, a);
      int second = value(record, record.observed(), vocabulary, b);
      if (first >= 0 && second >= 0) {
        counts[first][second]++;
      }
    }
    return new Table(a, b, counts);
  }

  /** How many discrete values an attribute has; 0 where it is none that carries evidence. */
  public static int size(Domain domain, Vocabulary vocabulary, int attribute) {
    if (!domain.isEvidence(attribute)) {
      return 0;
    }
    Kind kind = domain.attributes().get(attribute).kind();
    return kind == Kind.BOOLEAN
        ? 2
        : kind == Kind.CATEGORY ? vocabulary.categories(attribute).size() : 0;
  }

  /**
   * The discrete value of an attribute.
   *
   * @param visible bit f is set iff field f's value may be looked at
   * @return -1 where it is not visible, or a category that training did not have
   */
  public static int value(RawRecord record, long visible, Vocabulary vocabulary, int attribute) {
    Attribute of = record.domain().attributes().get(attribute);
    if ((visible >>> of.field() & 1) == 0) {
      return -1;
    }
    if (of.kind() == Kind.BOOLEAN) {
      return record.number(attribute) != 0 ? 1 : 0;
    }
    String category = record.category(attribute);
    return category == null ? -1 : vocabulary.code(attribute, category);
  }

  /** The table of two attributes, the lower index first; null where they are not counted. */
  public @Nullable Table tableOrNull(int first, int second) {
    return first < size && second < size ? byPair[first * size + second] : null;
  }

  /** All tables, in the order of their attributes. */
  public List<Table> tables() {
    return tables;
  }

  /** Rows by the values of two attributes. */
  public static final class Table {
    private final int first;
    private final int second;
    private final int[][] counts;
    private final long[] firsts;
    private final long[] seconds;
    private final long rows;

    /** @param counts by value of the first, then of the second attribute; at least 0 */
    public Table(int first, int second, int[][] counts) {
      this.first = first;
      this.second = second;
      this.counts = new int[counts.length][];
      this.firsts = new long[counts.length];
      this.seconds = new long[counts.length == 0 ? 0 : counts[0].length];
      long all = 0;
      for (int i = 0; i < counts.length; i++) {
        this.counts[i] = counts[i].clone();
        for (int j = 0; j < counts[i].length; j++) {
          if (counts[i][j] < 0 || counts[i].length != seconds.length) {
            throw new IllegalArgumentException(
                "a table of pairs has rows of unlike length, or a" + " count below 0");
          }
          firsts[i] += counts[i][j];
          seconds[j] += counts[i][j];
          all += counts[i][j];
        }
      }
      this.rows = all;
    }

    public int first() {
      return first;
    }

    public int second() {
      return second;
    }

    /** By value of the first, then of the second attribute. */
    public int[][] counts() {
      int[][] copy = new int[counts.length][];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = counts[i].clone();
      }
      return copy;
    }

    int firstSize() {
      return firsts.length;
    }

    int secondSize() {
      return seconds.length;
    }

    /**
     * Whether two values never stood together although chance alone, were they independent, would
     * have put them together so often.
     *
     * @param expectedMin least rows(a)·rows(b) ÷ rows
     */
    public boolean isNeverSeen(int a, int b, double expectedMin) {
      return counts[a][b] == 0 && firsts[a] * (double) seconds[b] >= expectedMin * rows;
    }

    /** Whether a value of the first attribute never stood with some value of the second. */
    public boolean hasNeverSeenWithFirst(int a, double expectedMin) {
      for (int b = 0; b < secondSize(); b++) {
        if (isNeverSeen(a, b, expectedMin)) {
          return true;
        }
      }
      return false;
    }

    /** Whether a value of the second attribute never stood with some value of the first. */
    public boolean hasNeverSeenWithSecond(int b, double expectedMin) {
      for (int a = 0; a < firstSize(); a++) {
        if (isNeverSeen(a, b, expectedMin)) {
          return true;
        }
      }
      return false;
    }

    /** Whether some two values never stood together. */
    public boolean hasNeverSeen(double expectedMin) {
      for (int a = 0; a < firstSize(); a++) {
        if (hasNeverSeenWithFirst(a, expectedMin)) {
          return true;
        }
      }
      return false;
    }
  }
}
