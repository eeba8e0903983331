package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * QuickScorer (Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive
 * ensembles of regression trees", SIGIR 2015): finds the leaf that a row ends in, for all trees of at
 * most {@value #LEAVES_MAX} leaves together, without walking any of them. Immutable.
 */
final class QuickScorer {
  /*
   * Each tree has a set of leaves that are still possible, one bit per leaf, at first all of them. A split tells one child
   * first and the other second, and the leaves of the first stand before those of the second. A row that a split sends to
   * its second child cannot end below the first, so these leaves are struck out, wherever in the tree the split stands.
   * The lowest leaf left over is the row's own. For it is never struck out; and of a lower leaf, the split where its way
   * and the row's part has sent the row to its second child, so it is.
   *
   * Splits therefore need not be visited tree by tree. They stand by question, in the order of their thresholds, and the
   * scan of a question stops at the first threshold that its answer does not pass: only splits that strike are looked at.
   *
   * Three things are ours. The paper's first child is always the left one. Here it is the one that more training rows
   * go to (Forest), so that few splits strike; a question then has two scans, one of the splits whose second child is the
   * right, upwards while x >= threshold, and one of the others, downwards while x < threshold. A missing value strikes a
   * third list, of the splits whose default way is the second child. And splits of one tree with the same comparison
   * strike together (as in Ye et al., "RapidScorer", KDD 2018).
   *
   *   list 3q, 3q + 1, 3q + 2   the upward scan, the downward scan and the missing list of question q
   *   list l                    has the steps [firstStep[l], firstStep[l + 1]), one per distinct threshold
   *   step s                    has the strikes [firstStrike[s], firstStrike[s + 1])
   *   strike i                  leaves possible what is in keep[i], of tree[i]
   */
  static final int LEAVES_MAX = 64;

  /** How many steps are passed at once while all of them are behind a value. */
  private static final int STRIDE = 8;

  private static final int LISTS = 3;
  private static final int UP = 0;
  private static final int DOWN = 1;
  private static final int MISSING = 2;

  private final int treeCount;
  private final Question[] questions;
  private final int[] firstStep;
  private final float[] threshold;
  private final int[] firstStrike;
  private final int[] tree;
  private final long[] keep;

  /** What a split does in one of the lists of its question. */
  private record Strike(float threshold, int tree, long keep) {}

  /** The strikes of one question, by list. */
  private static final class Strikes {
    private final List<Strike> up = new ArrayList<>();
    private final List<Strike> down = new ArrayList<>();
    private final List<Strike> missing = new ArrayList<>();
  }

  QuickScorer(Forest forest) {
    treeCount = forest.treeCount();
    Map<Question, Strikes> found = new LinkedHashMap<>();
    for (int t = 0; t < treeCount; t++) {
      if (isSmall(forest, t)) {
        collect(forest, t, 0, 0, found);
      }
    }
    List<Map.Entry<Question, Strikes>> ordered = found.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getKey().feature()))
        .toList();
    questions = ordered.stream().map(Map.Entry::getKey).toArray(Question[]::new);
    List<List<Strike>> lists = new ArrayList<>();
    for (Map.Entry<Question, Strikes> entry : ordered) {
      Strikes its = entry.getValue();
      lists.add(merged(its.up, Comparator.comparing(Strike::threshold)));
      lists.add(merged(its.down, Comparator.comparing(Strike::threshold).reversed()));
      lists.add(merged(its.missing, Comparator.comparing(Strike::threshold)));
    }
    List<Strike> all = lists.stream().flatMap(List::stream).toList();
    tree = all.stream().mapToInt(Strike::tree).toArray();
    keep = all.stream().mapToLong(Strike::keep).toArray();
    firstStep = new int[lists.size() + 1];
    float[] thresholds = new float[all.size()];
    int[] starts = new int[all.size() + 1];
    int steps = 0;
    int strikes = 0;
    for (int l = 0; l < lists.size(); l++) {
      firstStep[l] = steps;
      for (Strike strike : lists.get(l)) {
        if (steps == firstStep[l] || thresholds[steps - 1] != strike.threshold) {
          thresholds[steps] = strike.threshold;
          starts[steps++] = strikes;
        }
        strikes++;
      }
    }
    firstStep[lists.size()] = steps;
    starts[steps] = strikes;
    threshold = Arrays.copyOf(thresholds, steps);
    firstStrike = Arrays.copyOf(starts, steps + 1);
  }

  /** Whether a tree of a forest is scored here. */
  static boolean isSmall(Forest forest, int tree) {
    return forest.leafCount(tree) <= LEAVES_MAX;
  }

  /** Collects the strikes below a node whose leaves start at {@code from}; returns the leaf after. */
  private static int collect(
      Forest forest, int index, int node, int from, Map<Question, Strikes> found) {
    Tree tree = forest.tree(index);
    if (tree.isLeaf(node)) {
      return from + 1;
    }
    boolean leftFirst = forest.leftFirst(tree, node);
    int first = leftFirst ? tree.left(node) : tree.right(node);
    int second = leftFirst ? tree.right(node) : tree.left(node);
    int middle = collect(forest, index, first, from, found);
    long struck = (1L << middle - from) - 1 << from;
    Strike strike = new Strike(Question.threshold(tree, node), index, ~struck);
    Strikes its = found.computeIfAbsent(Question.of(tree, node), added -> new Strikes());
    (leftFirst ? its.up : its.down).add(strike);
    if (tree.missingChild(node) == second) {
      its.missing.add(new Strike(0, index, ~struck));
    }
    return collect(forest, index, second, middle, found);
  }

  /** The strikes in an order of thresholds, then of trees, with those of one tree at one threshold as one. */
  private static List<Strike> merged(List<Strike> strikes, Comparator<Strike> order) {
    List<Strike> merged = new ArrayList<>();
    for (Strike next :
        strikes.stream().sorted(order.thenComparingInt(Strike::tree)).toList()) {
      int last = merged.size() - 1;
      if (last >= 0
          && merged.get(last).tree == next.tree
          && merged.get(last).threshold == next.threshold) {
        long keep = merged.get(last).keep & next.keep;
        merged.set(last, new Strike(next.threshold, next.tree, keep));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /**
   * Finds the leaf of every tree of at most {@value #LEAVES_MAX} leaves; other trees get leaf 0.
   *
   * @param possible room for a set of leaves per tree
   * @param leaves filled with the leaf's number within its tree, by tree
   */
  void fill(float[] row, long[] possible, int[] leaves) {
    Arrays.fill(possible, 0, treeCount, -1L);
    for (int q = 0; q < questions.length; q++) {
      float x = questions[q].of(row);
      int list = LISTS * q;
      if (Float.isNaN(x)) {
        strike(firstStep[list + MISSING], firstStep[list + LISTS], possible);
        continue;
      }
      int up = firstStep[list + UP];
      int down = firstStep[list + DOWN];
      int missing = firstStep[list + MISSING];
      strike(up, reached(x, up, down), possible);
      strike(down, undercut(x, down, missing), possible);
    }
    for (int t = 0; t < treeCount; t++) {
      leaves[t] = Long.numberOfTrailingZeros(possible[t]);
    }
  }

  /** The first of the steps [from, to), in ascending order of thresholds, that is above a value. */
  private int reached(float x, int from, int to) {
    int step = from;
    while (step + STRIDE <= to && x >= threshold[step + STRIDE - 1]) {
      step += STRIDE;
    }
    while (step < to && x >= threshold[step]) {
      step++;
    }
    return step;
  }

  /** The first of the steps [from, to), in descending order of thresholds, that is not above a value. */
  private int undercut(float x, int from, int to) {
    int step = from;
    while (step + STRIDE <= to && x < threshold[step + STRIDE - 1]) {
      step += STRIDE;
    }
    while (step < to && x < threshold[step]) {
      step++;
    }
    return step;
  }

  private void strike(int fromStep, int toStep, long[] possible) {
    int end = firstStrike[toStep];
    for (int i = firstStrike[fromStep]; i < end; i++) {
      possible[tree[i]] &= keep[i];
    }
  }
}
