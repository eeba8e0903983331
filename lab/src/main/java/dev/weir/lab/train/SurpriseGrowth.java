package dev.weir.lab.train;

import dev.weir.model.reference.Coding;
import dev.weir.model.reference.SurpriseTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grows a tree of probabilities greedily: each node asks the question that takes most from the
 * entropy of the target's codes, as long as that is worth its parameters by the Bayesian information
 * criterion (Schwarz, 1978). A leaf's probabilities are shrunk toward its parent's with {@value
 * #PRIOR_ROWS} pseudo-rows, the root's toward equal ones.
 */
final class SurpriseGrowth {
  private static final int DEPTH_MAX = 10;
  private static final int ROWS_MIN = 10;
  private static final double PRIOR_ROWS = 5;
  private static final int LEAF = -1;

  private final Coding coding;
  private final int[][] codes;
  private final int target;
  private final List<int[]> questions = new ArrayList<>();
  private final List<int[]> children = new ArrayList<>();
  private final List<double[]> surprises = new ArrayList<>();

  private SurpriseGrowth(Coding coding, int[][] codes, int target) {
    this.coding = coding;
    this.codes = codes;
    this.target = target;
  }

  /**
   * A tree.
   *
   * @param codes by row, then by attribute
   * @param rows that it may see
   * @param target the attribute that is predicted; it has at least two codes
   */
  static SurpriseTree grow(Coding coding, int[][] codes, int[] rows, int target) {
    SurpriseGrowth growth = new SurpriseGrowth(coding, codes, target);
    int[] known =
        IntStream.of(rows).filter(row -> codes[row][target] != Coding.NONE).toArray();
    double[] equal = new double[coding.codes(target)];
    Arrays.fill(equal, 1.0 / equal.length);
    growth.node(known, equal, 0);
    return growth.tree();
  }

  private int node(int[] rows, double[] parent, int depth) {
    int[] counts = counts(rows);
    double[] probabilities = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      probabilities[c] = (counts[c] + PRIOR_ROWS * parent[c]) / (rows.length + PRIOR_ROWS);
    }
    int place = questions.size();
    questions.add(new int[] {LEAF, 0});
    children.add(new int[] {0, 0});
    surprises.add(new double[0]);
    int[] question = depth == DEPTH_MAX ? new int[0] : best(rows, counts);
    if (question.length == 0) {
      surprises.set(
          place,
          Arrays.stream(probabilities).map(p -> Math.max(0, -StrictMath.log(p))).toArray());
      return place;
    }
    questions.set(place, question);
    int left = node(
        IntStream.of(rows).filter(row -> goesLeft(row, question)).toArray(),
        probabilities,
        depth + 1);
    int right = node(
        IntStream.of(rows).filter(row -> !goesLeft(row, question)).toArray(),
        probabilities,
        depth + 1);
    children.set(place, new int[] {left, right});
    return place;
  }

  private boolean goesLeft(int row, int[] question) {
    int code = codes[row][question[0]];
    return coding.isOrdered(question[0]) ? code <= question[1] : code == question[1];
  }

  private int[] counts(int[] rows) {
    int[] counts = new int[coding.codes(target)];
    for (int row : rows) {
      counts[codes[row][target]]++;
    }
    return counts;
  }

  /** The attribute and code of the best question; empty where none is worth it. */
  private int[] best(int[] rows, int[] counts) {
    double whole = scatter(counts, rows.length);
    long used = Arrays.stream(counts).filter(count -> count > 0).count();
    double best = Math.max(1, used - 1) * StrictMath.log(rows.length) / 2;
    int[] question = new int[0];
    for (int a = 0; a < coding.attributes(); a++) {
      if (a == target || coding.codes(a) == 0) {
        continue;
      }
      int[][] table = table(rows, a);
      int[] left = new int[counts.length];
      for (int code = 0; code < table.length - 1; code++) {
        if (!coding.isOrdered(a)) {
          Arrays.fill(left, 0);
        }
        add(left, table[code]);
        double gain = gain(whole, counts, left, rows.length);
        if (gain > best) {
          best = gain;
          question = new int[] {a, code + Coding.NONE};
        }
      }
    }
    return question;
  }

  /** Rows by the code of an attribute, no code first, then by the target's code. */
  private int[][] table(int[] rows, int attribute) {
    int[][] table = new int[coding.codes(attribute) + 1][coding.codes(target)];
    for (int row : rows) {
      table[codes[row][attribute] - Coding.NONE][codes[row][target]]++;
    }
    return table;
  }

  private static void add(int[] left, int[] more) {
    for (int c = 0; c < left.length; c++) {
      left[c] += more[c];
    }
  }

  private static double gain(double whole, int[] counts, int[] left, int rows) {
    int inLeft = IntStream.of(left).sum();
    if (inLeft < ROWS_MIN || rows - inLeft < ROWS_MIN) {
      return 0;
    }
    int[] right = new int[counts.length];
    for (int c = 0; c < right.length; c++) {
      right[c] = counts[c] - left[c];
    }
    return whole - scatter(left, inLeft) - scatter(right, rows - inLeft);
  }

  /** Rows times entropy, in nats. */
  private static double scatter(int[] counts, int rows) {
    double scatter = 0;
    for (int count : counts) {
      scatter -= count == 0 ? 0 : count * StrictMath.log(count / (double) rows);
    }
    return scatter;
  }

  private SurpriseTree tree() {
    int nodes = questions.size();
    boolean[] equal = new boolean[nodes];
    for (int i = 0; i < nodes; i++) {
      int attribute = questions.get(i)[0];
      equal[i] = attribute != LEAF && !coding.isOrdered(attribute);
    }
    return new SurpriseTree(
        questions.stream().mapToInt(question -> question[0]).toArray(),
        questions.stream().mapToInt(question -> question[1]).toArray(),
        equal,
        children.stream().mapToInt(child -> child[0]).toArray(),
        children.stream().mapToInt(child -> child[1]).toArray(),
        surprises.toArray(double[][]::new));
  }
}
