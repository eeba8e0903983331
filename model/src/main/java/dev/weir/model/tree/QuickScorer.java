package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * QuickScorer (Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive
 * ensembles of regression trees", SIGIR 2015): finds the leaf that a row ends in, for all small trees
 * of a forest together, without walking any of them. Immutable.
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
   * scan of a question stops at the first threshold that its answer does not reach: only splits that strike are looked at.
   *
   * Two things are ours. The sets of neighbouring trees share a word, and what strikes there at one threshold strikes
   * together (as the splits of one tree do in Ye et al., "RapidScorer", KDD 2018). And the paper's first child is always the
   * left one; here it is the one that more training weight went to, of all splits that ask the question (Forest). Where
   * that is the right one, answers and thresholds change their signs, so that every scan goes upwards.
   *
   *   question q   has the steps [firstStep[q], firstStep[q + 1]), one per distinct threshold, ascending
   *   step s       has the strikes [firstStrike[s], firstStrike[s + 1])
   *   strike i     leaves of word[i] what is in keep[i]
   *
   * Splits of a column by sets of categories would each be a question of its own; what they strike is put together by category
   * instead (CategoryColumn), unless that takes too much room.
   *
   * What a missing value strikes, the splits whose default way is the second child, is the last step of its question. Its
   * threshold is NaN, which no value reaches.
   */
  private static final Comparator<Strike> ORDER =
      Comparator.comparing(Strike::threshold).thenComparingInt(Strike::word);

  /** How many strikes are put together by category at most: 12 MiB. More come from sets of thousands of codes only. */
  private static final long CATEGORY_STRIKES_MAX = 1 << 20;

  /** How many steps are passed at once while all of them are behind a value. */
  private static final int STRIDE = 8;

  private final int[] firstLeaf;
  private final int wordCount;
  private final CategoryColumn[] categories;
  private final Question[] questions;
  private final float[] sign;
  private final int[] firstStep;
  private final float[] threshold;
  private final int[] firstStrike;
  private final int[] word;
  private final long[] keep;

  /** What a split does: from which answer on, and which leaves of which word stay. */
  private record Strike(float threshold, int word, long keep) {
    boolean isOfStep(Strike other) {
      return Float.compare(threshold, other.threshold) == 0;
    }
  }

  /** What the splits strike: those by sets, by column, and all others, by question. */
  private record Found(
      Map<Question, List<Strike>> strikes,
      Map<CategoryColumn.Key, List<CategoryColumn.SetSplit>> sets) {
    void add(
        Question question,
        float threshold,
        boolean leftFirst,
        boolean strikesMissing,
        int word,
        long keep) {
      List<Strike> its = strikes.computeIfAbsent(question, added -> new ArrayList<>());
      // x < t, the way left, is -x > -t, which is -x >= the next float after -t.
      its.add(new Strike(leftFirst ? threshold : Math.nextUp(-threshold), word, keep));
      its.add(new Strike(Float.NaN, word, strikesMissing ? keep : -1L));
    }

    void addSet(CategoryColumn.SetSplit split) {
      sets.computeIfAbsent(CategoryColumn.Key.of(split.question()), added -> new ArrayList<>())
          .add(split);
    }

    /** The columns that there is room for; the splits of the others become questions. */
    CategoryColumn[] categories() {
      List<CategoryColumn> columns = new ArrayList<>();
      long room = CATEGORY_STRIKES_MAX;
      for (List<CategoryColumn.SetSplit> splits : sets.values()) {
        long size = CategoryColumn.size(splits);
        if (size <= room) {
          room -= size;
          columns.add(new CategoryColumn(splits));
        } else {
          splits.forEach(split -> add(
              split.question(),
              Question.IN_SET,
              split.strikesInSet(),
              split.strikesMissing(),
              split.word(),
              split.keep()));
        }
      }
      return columns.toArray(CategoryColumn[]::new);
    }
  }

  QuickScorer(Forest forest) {
    firstLeaf = forest.firstLeaf;
    wordCount = forest.wordCount();
    Found found = new Found(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (int t = 0; t < forest.treeCount(); t++) {
      if (forest.isSmall(t)) {
        collect(forest, forest.tree(t), 0, firstLeaf[t], found);
      }
    }
    categories = found.categories();
    List<Map.Entry<Question, List<Strike>>> ordered = found.strikes.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getKey().feature()))
        .toList();
    questions = ordered.stream().map(Map.Entry::getKey).toArray(Question[]::new);
    sign = new float[questions.length];
    firstStep = new int[questions.length + 1];
    List<Strike> all = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (int q = 0; q < questions.length; q++) {
      sign[q] = forest.leftFirst(questions[q]) ? 1 : -1;
      firstStep[q] = starts.size();
      List<Strike> strikes = merged(ordered.get(q).getValue());
      for (int i = 0; i < strikes.size(); i++) {
        if (i == 0 || !strikes.get(i).isOfStep(strikes.get(i - 1))) {
          starts.add(all.size() + i);
        }
      }
      all.addAll(strikes);
    }
    firstStep[questions.length] = starts.size();
    starts.add(all.size());
    firstStrike = starts.stream().mapToInt(Integer::intValue).toArray();
    threshold = new float[firstStrike.length - 1];
    for (int step = 0; step < threshold.length; step++) {
      threshold[step] = all.get(firstStrike[step]).threshold;
    }
    word = all.stream().mapToInt(Strike::word).toArray();
    keep = all.stream().mapToLong(Strike::keep).toArray();
  }

  /** Collects the strikes below a node whose leaves start at {@code from}; returns the leaf after. */
  private static int collect(Forest forest, Tree tree, int node, int from, Found found) {
    if (tree.isLeaf(node)) {
      return from + 1;
    }
    Question question = Question.of(tree, node);
    boolean leftFirst = forest.leftFirst(question);
    int first = leftFirst ? tree.left(node) : tree.right(node);
    int second = leftFirst ? tree.right(node) : tree.left(node);
    int middle = collect(forest, tree, first, from, found);
    // Shifts are modulo a word.
    long kept = ~((1L << middle - from) - 1 << from);
    int word = from / Forest.WORD;
    boolean strikesMissing = tree.missingChild(node) == second;
    if (question.isOfSet()) {
      found.addSet(new CategoryColumn.SetSplit(question, leftFirst, strikesMissing, word, kept));
    } else {
      found.add(question, Question.threshold(tree, node), leftFirst, strikesMissing, word, kept);
    }
    return collect(forest, tree, second, middle, found);
  }

  /** The strikes by threshold, NaN last, then by word, with those of one word at one threshold as one. */
  private static List<Strike> merged(List<Strike> strikes) {
    List<Strike> merged = new ArrayList<>();
    for (Strike next : strikes.stream().sorted(ORDER).toList()) {
      int last = merged.size() - 1;
      if (last >= 0 && ORDER.compare(merged.get(last), next) == 0) {
        long keep = merged.get(last).keep & next.keep;
        merged.set(last, new Strike(next.threshold, next.word, keep));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /**
   * Finds the leaf of every small tree.
   *
   * @param possible room for {@link Forest#wordCountOfAll} words
   * @param leaves filled with the leaf's number, by tree; what other trees get means nothing
   */
  void fill(float[] row, long[] possible, int[] leaves) {
    Arrays.fill(possible, 0, wordCount, -1L);
    for (CategoryColumn column : categories) {
      column.strike(row, possible);
    }
    for (int q = 0; q < questions.length; q++) {
      float x = questions[q].of(row);
      int from = firstStep[q];
      int missing = firstStep[q + 1] - 1;
      if (Float.isNaN(x)) {
        strike(missing, missing + 1, possible);
      } else {
        strike(from, reached(sign[q] * x, from, missing), possible);
      }
    }
    for (int t = 0; t < firstLeaf.length; t++) {
      int first = firstLeaf[t];
      leaves[t] = first + Long.numberOfTrailingZeros(possible[first >>> Forest.WORD_LOG] >>> first);
    }
  }

  /** The first of the steps [from, to) that is above a value. */
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

  private void strike(int fromStep, int toStep, long[] possible) {
    int end = firstStrike[toStep];
    for (int i = firstStrike[fromStep]; i < end; i++) {
      possible[word[i]] &= keep[i];
    }
  }
}
