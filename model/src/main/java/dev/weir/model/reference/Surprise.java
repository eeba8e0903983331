package dev.weir.model.reference;

import dev.weir.model.domain.RawRecord;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How improbable each value of a record is, given its other values: −ln P(value's code | codes of
 * the others), in nats.
 */
public final class Surprise {
  /** Quantiles are kept at every 1/1000 from this one to the largest. */
  public static final int FIRST_STEP = 900;

  private final Coding coding;
  private final List<Optional<SurpriseTree>> trees;
  private final @Nullable SurpriseTree[] byAttribute;
  private final double[][] quantiles;

  /**
   * @param trees by attribute; empty where it is not predicted
   * @param quantiles by attribute, of training rows' surprises by trees that did not see them, at
   *     every step from {@value #FIRST_STEP}/1000 on; empty where it is not predicted
   */
  public Surprise(Coding coding, List<Optional<SurpriseTree>> trees, double[][] quantiles) {
    this.coding = coding;
    this.trees = List.copyOf(trees);
    this.byAttribute = new SurpriseTree[trees.size()];
    for (int a = 0; a < byAttribute.length; a++) {
      byAttribute[a] = trees.get(a).orElse(null);
    }
    this.quantiles = Arrays.stream(quantiles).map(double[]::clone).toArray(double[][]::new);
    if (trees.size() != coding.attributes() || quantiles.length != coding.attributes()) {
      throw new IllegalArgumentException("surprises of " + trees.size() + " attributes, of "
          + coding.attributes() + " in the domain");
    }
    for (int a = 0; a < quantiles.length; a++) {
      int codes = coding.codes(a);
      trees.get(a).ifPresent(tree -> tree.require(coding.attributes(), codes));
      int expected = trees.get(a).isPresent() ? Marks.STEPS - FIRST_STEP + 1 : 0;
      if (quantiles[a].length != expected || trees.get(a).isPresent() && codes == 0) {
        throw new IllegalArgumentException("attribute " + a + " has " + quantiles[a].length
            + " quantiles of surprise; it must have " + expected);
      }
    }
  }

  /** Nothing is predicted, so nothing surprises. */
  public static Surprise none(Coding coding) {
    int attributes = coding.attributes();
    return new Surprise(
        coding, Collections.nCopies(attributes, Optional.empty()), new double[attributes][0]);
  }

  public Coding coding() {
    return coding;
  }

  /** By attribute; empty where it is not predicted. */
  public List<Optional<SurpriseTree>> trees() {
    return trees;
  }

  /** By attribute, the quantiles from {@value #FIRST_STEP}/1000 on. */
  public double[][] quantiles() {
    return Arrays.stream(quantiles).map(double[]::clone).toArray(double[][]::new);
  }

  /** Whether an attribute's values can surprise. */
  public boolean predicts(int attribute) {
    return byAttribute[attribute] != null;
  }

  /** Fills in a record's codes; see {@link Coding#code}. */
  public void code(RawRecord record, long visible, int[] codes) {
    coding.code(record, visible, codes);
  }

  /**
   * The surprise of an attribute's value, at least 0; NaN where it has no code or is not predicted.
   *
   * @param codes of the record
   */
  public double of(int attribute, int[] codes) {
    SurpriseTree tree = byAttribute[attribute];
    return tree == null || codes[attribute] == Coding.NONE
        ? Double.NaN
        : tree.surprise(attribute, codes);
  }

  /**
   * Whether the surprise of an attribute's value is above its training quantile.
   *
   * @param step the quantile, in 1/1000, at least {@value #FIRST_STEP}
   */
  public boolean isAbove(int attribute, int[] codes, int step) {
    return of(attribute, codes) > threshold(attribute, step);
  }

  private double threshold(int attribute, int step) {
    return predicts(attribute) ? quantiles[attribute][step - FIRST_STEP] : Double.POSITIVE_INFINITY;
  }
}
