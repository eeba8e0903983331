package dev.weir.lab.train;

import dev.weir.model.reference.Coding;
import dev.weir.model.reference.SurpriseTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Grows a tree of probabilities greedily: each node asks the question that takes most from the
 * entropy of the target's codes, as long as that is worth its parameters, and its having been chosen among others, by the
 * extended Bayesian information criterion (Chen and Chen, 2008, γ = 1). Rows of one group count by {@link RowWeights}: to
 * count them as independent finds rules in what a few families have in common. A leaf's probabilities are
 * the shares of its rows, shrunk toward its parent's with {@value #PRIOR_ROWS} pseudo-rows, the root's toward equal ones.
 */
final class SurpriseGrowth {
  private static final int DEPTH_MAX = 10;
  private static final double ROWS_MIN = 10;
  private static final double PRIOR_ROWS = 5;
  private static final int LEAF = -1;

  private final Coding coding;
  private final int[][] codes;
  private final int target;
  private final double[] weights;
  private final int depthMax;
  private final List<int[]> questions = new ArrayList<>();
  private final List<int[]> children = new ArrayList<>();
  private final List<double[]> surprises = new ArrayList<>();

  private SurpriseGrowth(Coding coding, int[][] codes, int target, double[] weights, int depthMax) {
    this.coding = coding;
    this.codes = codes;
    this.target = target;
    this.weights = weights;
    this.depthMax = depthMax;
  }

  /**
   * A tree.
   *
   * @param codes by row, then by attribute
   * @param groupOfRow from 0
   * @param rows that it may see
   * @param target the attribute that is predicted; it has at least two codes
   */
  static SurpriseTree grow(Coding coding, int[][] codes, int[] groupOfRow, int[] rows, int target) {
    return grow(coding, codes, groupOfRow, rows, target, DEPTH_MAX);
  }

  /** A tree that asks nothing: each code's share. */
  static SurpriseTree root(Coding coding, int[][] codes, int[] groupOfRow, int[] rows, int target) {
    return grow(coding, codes, groupOfRow, rows, target, 0);
  }

  private static SurpriseTree grow(
      Coding coding, int[][] codes, int[] groupOfRow, int[] rows, int target, int depthMax) {
    int[] known =
        IntStream.of(rows).filter(row -> codes[row][target] != Coding.NONE).toArray();
    int[] codeOfRow = Arrays.stream(codes).mapToInt(of -> of[target]).toArray();
    double[] weights = RowWeights.of(known, codeOfRow, coding.codes(target), groupOfRow);
    SurpriseGrowth growth = new SurpriseGrowth(coding, codes, target, weights, depthMax);
    double[] equal = new double[coding.codes(target)];
    Arrays.fill(equal, 1.0 / equal.length);
    growth.node(known, equal, 0);
    return growth.tree();
  }

  private int node(int[] rows, double[] parent, int depth) {
    double[] probabilities = probabilities(rows, parent);
    int place = questions.size();
    questions.add(new int[] {LEAF, 0});
    children.add(new int[] {0, 0});
    surprises.add(new double[0]);
    int[] question = depth == depthMax ? new int[0] : best(rows);
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

  private double[] probabilities(int[] rows, double[] parent) {
    double[] probabilities = new double[parent.length];
    double weight = 0;
    for (int row : rows) {
      probabilities[codes[row][target]]++;
      weight += weights[row];
    }
    for (int c = 0; c < parent.length; c++) {
      double share = rows.length == 0 ? 0 : probabilities[c] / rows.length;
      probabilities[c] = (weight * share + PRIOR_ROWS * parent[c]) / (weight + PRIOR_ROWS);
    }
    return probabilities;
  }

  private boolean goesLeft(int row, int[] question) {
    int code = codes[row][question[0]];
    return coding.isOrdered(question[0]) ? code <= question[1] : code == question[1];
  }

  private double[] counts(int[] rows) {
    double[] counts = new double[coding.codes(target)];
    for (int row : rows) {
      counts[codes[row][target]] += weights[row];
    }
    return counts;
  }

  /** The attribute and code of the best question; empty where none is worth it. */
  private int[] best(int[] rows) {
    double[] counts = counts(rows);
    double weight = DoubleStream.of(counts).sum();
    double whole = scatter(counts, weight);
    int asked = 0;
    double best = 0;
    int[] question = new int[0];
    for (int a = 0; a < coding.attributes(); a++) {
      if (a == target || coding.codes(a) == 0) {
        continue;
      }
      double[][] table = table(rows, a);
      double[] left = new double[counts.length];
      for (int code = 0; code < table.length - 1; code++) {
        if (!coding.isOrdered(a)) {
          Arrays.fill(left, 0);
        }
        add(left, table[code]);
        double inLeft = DoubleStream.of(left).sum();
        if (inLeft < ROWS_MIN || weight - inLeft < ROWS_MIN) {
          continue;
        }
        asked++;
        double gain =
            whole - scatter(left, inLeft) - scatter(without(counts, left), weight - inLeft);
        if (gain > best) {
          best = gain;
          question = new int[] {a, code + Coding.NONE};
        }
      }
    }
    return asked > 0 && best > price(counts, weight, asked) ? question : new int[0];
  }

  /** In nats: half ln n for each parameter, and ln of the number of questions. */
  private static double price(double[] counts, double weight, int asked) {
    long used = Arrays.stream(counts).filter(count -> count > 0).count();
    return Math.max(1, used - 1) * StrictMath.log(weight) / 2 + StrictMath.log(asked);
  }

  /** Rows by the code of an attribute, no code first, then by the target's code. */
  private double[][] table(int[] rows, int attribute) {
    double[][] table = new double[coding.codes(attribute) + 1][coding.codes(target)];
    for (int row : rows) {
      table[codes[row][attribute] - Coding.NONE][codes[row][target]] += weights[row];
    }
    return table;
  }

  private static void add(double[] left, double[] more) {
    for (int c = 0; c < left.length; c++) {
      left[c] += more[c];
    }
  }

  private static double[] without(double[] counts, double[] left) {
    double[] right = new double[counts.length];
    for (int c = 0; c < right.length; c++) {
      right[c] = Math.max(0, counts[c] - left[c]);
    }
    return right;
  }

  /** Rows times entropy, in nats. */
  private static double scatter(double[] counts, double rows) {
    double scatter = 0;
    for (double count : counts) {
      scatter -= count == 0 ? 0 : count * StrictMath.log(count / rows);
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
