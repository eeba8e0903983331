package dev.weir.model.reference;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import java.util.Arrays;
import java.util.List;

/**
 * How often values were missing, imputed upstream, zero, or of a category among the training rows:
 * what a stream's rates are compared with.
 */
public final class Frequencies {
  private final int rows;
  private final int[] missing;
  private final int[] imputed;
  private final int[] observed;
  private final int[] zeros;
  private final int[][] categories;

  /**
   * Counts as they were stored, each in [0, rows].
   *
   * @param missing by evidence field, rows in which it was absent
   * @param imputed by evidence field, rows in which upstream imputed it
   * @param observed by channel, rows in which it was observed
   * @param zeros by channel, rows in which it was observed and zero
   * @param categories by attribute, then by code, rows in which the category was observed
   */
  public Frequencies(
      int rows, int[] missing, int[] imputed, int[] observed, int[] zeros, int[][] categories) {
    this.rows = rows;
    this.missing = missing.clone();
    this.imputed = imputed.clone();
    this.observed = observed.clone();
    this.zeros = zeros.clone();
    this.categories = Arrays.stream(categories).map(int[]::clone).toArray(int[][]::new);
    for (int[] counts : List.of(this.missing, this.imputed, this.observed, this.zeros)) {
      requireCounts(counts);
    }
    for (int[] counts : this.categories) {
      requireCounts(counts);
    }
  }

  private void requireCounts(int[] counts) {
    for (int count : counts) {
      if (count < 0 || count > rows) {
        throw new IllegalArgumentException("a count of " + count + " among " + rows
            + " rows; it must be within [0, " + rows + "]");
      }
    }
  }

  /** Counts training rows. */
  public static Frequencies learn(Domain domain, Vocabulary vocabulary, List<RawRecord> records) {
    int[] evidence = domain.evidence();
    int[] channels = domain.channels();
    int[] missing = new int[evidence.length];
    int[] imputed = new int[evidence.length];
    int[] observed = new int[channels.length];
    int[] zeros = new int[channels.length];
    int[][] categories = new int[domain.attributes().size()][];
    for (int a = 0; a < categories.length; a++) {
      categories[a] = new int[vocabulary.categories(a).size()];
    }
    for (RawRecord record : records) {
      for (int e = 0; e < evidence.length; e++) {
        missing[e] += has(record.present(), evidence[e]) ? 0 : 1;
        imputed[e] += has(record.imputedUpstream(), evidence[e]) ? 1 : 0;
      }
      for (int c = 0; c < channels.length; c++) {
        if (has(record.observed(), channels[c])) {
          observed[c]++;
          zeros[c] +=
              record.number(domain.firstAttribute(channels[c])) <= Marks.ZERO_TOLERANCE ? 1 : 0;
        }
      }
      for (int a = 0; a < categories.length; a++) {
        int code = code(domain, vocabulary, record, a);
        if (code != Vocabulary.UNSEEN) {
          categories[a][code]++;
        }
      }
    }
    return new Frequencies(records.size(), missing, imputed, observed, zeros, categories);
  }

  private static int code(Domain domain, Vocabulary vocabulary, RawRecord record, int attribute) {
    String category = record.category(attribute);
    return category == null
            || !has(record.observed(), domain.attributes().get(attribute).field())
        ? Vocabulary.UNSEEN
        : vocabulary.code(attribute, category);
  }

  private static boolean has(long mask, int field) {
    return (mask >>> field & 1) != 0;
  }

  /** How many training rows there were. */
  public int rows() {
    return rows;
  }

  /** By evidence field, rows in which it was absent. */
  public int[] missing() {
    return missing.clone();
  }

  /** By evidence field, rows in which upstream imputed it. */
  public int[] imputed() {
    return imputed.clone();
  }

  /** By channel, rows in which it was observed. */
  public int[] observed() {
    return observed.clone();
  }

  /** By channel, rows in which it was observed and zero. */
  public int[] zeros() {
    return zeros.clone();
  }

  /** By attribute, then by code, rows in which the category was observed. */
  public int[][] categories() {
    return Arrays.stream(categories).map(int[]::clone).toArray(int[][]::new);
  }

  /** By code, whether a category stood in fewer rows than this; none does below 1 row. */
  public boolean[] rare(int attribute, int rowsMin) {
    boolean[] rare = new boolean[categories[attribute].length];
    for (int code = 0; code < rare.length; code++) {
      rare[code] = rowsMin > 1 && categories[attribute][code] < rowsMin;
    }
    return rare;
  }
}
