package dev.weir.model.reference;

import java.util.Arrays;

/**
 * How improbable each code of one attribute is, given the codes of the others: a probability
 * estimation tree (Provost and Domingos, Tree induction for probability-based ranking, 2003).
 *
 * <p>Node i asks whether the code of {@code attribute[i]} is at most {@code code[i]}, or for a
 * category equals it, and goes left if so, else right; children come after their parent. A leaf,
 * whose attribute is -1, knows −ln P(code) for every code of the target, each at least 0.
 */
public final class SurpriseTree {
  private static final int LEAF = -1;

  private final int[] attribute;
  private final int[] code;
  private final boolean[] equal;
  private final int[] left;
  private final int[] right;
  private final double[][] surprises;

  /**
   * The nodes' parts, by node.
   *
   * @param equal whether the question is equality
   * @param surprises by code, in nats; empty for what is no leaf
   */
  public SurpriseTree(
      int[] attribute, int[] code, boolean[] equal, int[] left, int[] right, double[][] surprises) {
    this.attribute = attribute.clone();
    this.code = code.clone();
    this.equal = equal.clone();
    this.left = left.clone();
    this.right = right.clone();
    this.surprises = Arrays.stream(surprises).map(double[]::clone).toArray(double[][]::new);
  }

  /** Requires that every walk ends at a leaf with a surprise for each code. */
  void require(int attributes, int codes) {
    int nodes = attribute.length;
    boolean sound = nodes > 0
        && code.length == nodes
        && equal.length == nodes
        && left.length == nodes
        && right.length == nodes
        && surprises.length == nodes;
    for (int i = 0; sound && i < nodes; i++) {
      sound = attribute[i] == LEAF
          ? surprises[i].length == codes
              && Arrays.stream(surprises[i]).allMatch(s -> s >= 0 && Double.isFinite(s))
          : attribute[i] >= 0
              && attribute[i] < attributes
              && left[i] > i
              && right[i] > i
              && left[i] < nodes
              && right[i] < nodes;
    }
    if (!sound) {
      throw new IllegalArgumentException("a tree of surprises is no tree over " + attributes
          + " attributes with " + codes + " codes at each leaf");
    }
  }

  /** −ln P(target's code | the other codes), in nats. */
  double surprise(int target, int[] codes) {
    int node = 0;
    while (attribute[node] != LEAF) {
      int found = codes[attribute[node]];
      boolean goesLeft = equal[node] ? found == code[node] : found <= code[node];
      node = goesLeft ? left[node] : right[node];
    }
    return surprises[node][codes[target]];
  }

  public int[] attribute() {
    return attribute.clone();
  }

  public int[] code() {
    return code.clone();
  }

  public boolean[] equal() {
    return equal.clone();
  }

  public int[] left() {
    return left.clone();
  }

  public int[] right() {
    return right.clone();
  }

  public double[][] surprises() {
    return Arrays.stream(surprises).map(double[]::clone).toArray(double[][]::new);
  }
}
