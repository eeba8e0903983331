package dev.weir.model.feature;

/**
 * A record's values with every gap filled.
 *
 * @param values by attribute: numbers, truth values as 0 or 1, categories by code; NaN where
 *     training had nothing to fill with
 * @param methods by attribute: {@link #RECEIVED}, {@link #UPSTREAM}, {@code rule:NAME}, {@link
 *     #MEDIAN} or {@link #MODE}
 * @param asReceived the values there would be without upstream's marks; a flag reads both, so that
 *     a mark on the stratum cannot clear it
 */
public record Imputation(double[] values, String[] methods, double[] asReceived) {
  /** The value came with the record. */
  public static final String RECEIVED = "received";

  /** The value came with the record, and upstream says that it filled it in. */
  public static final String UPSTREAM = "upstream";

  /** The median of the training values. */
  public static final String MEDIAN = "median";

  /** The most frequent training value. */
  public static final String MODE = "mode";

  /** The method's name for a declared rule. */
  static String rule(String name) {
    return "rule:" + name;
  }
}
