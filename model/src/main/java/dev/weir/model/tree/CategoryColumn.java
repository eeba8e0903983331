package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * What all splits of one column by sets of categories strike out of the leaves that {@link QuickScorer} holds for possible, by
 * category: one look-up for a row, however many sets the trees have. Immutable.
 */
final class CategoryColumn {
  /*
   * There is an entry for each code up to the largest of any set, one for whatever else a row has, which is in no set, and
   * one for a missing value. Entry e has the strikes [firstStrike[e], firstStrike[e + 1]), at most one for a word.
   */
  private final int feature;
  private final float bound;
  private final int codes;
  private final int[] firstStrike;
  private final int[] word;
  private final long[] keep;

  /**
   * A split by a set.
   *
   * @param strikesInSet whether it strikes where the category is in the set, else where it is not
   * @param strikesMissing whether it strikes where the category is missing
   * @param word which leaves are meant
   * @param keep the ones of that word that are left
   */
  record SetSplit(
      Question question, boolean strikesInSet, boolean strikesMissing, int word, long keep) {
    boolean strikes(int code) {
      return question.contains(code) == strikesInSet;
    }
  }

  /** The splits that share a column: they ask of one feature, and take the same values for categories. */
  record Key(int feature, float bound) {
    static Key of(Question question) {
      return new Key(question.feature(), question.bound());
    }
  }

  /** @param splits at least one, all of one column, ascending by word */
  CategoryColumn(List<SetSplit> splits) {
    Question any = splits.get(0).question();
    feature = any.feature();
    bound = any.bound();
    codes = codes(splits);
    firstStrike = new int[codes + 3];
    List<SetSplit> all = new ArrayList<>();
    for (int entry = 0; entry <= codes; entry++) {
      int code = entry;
      add(splits.stream().filter(split -> split.strikes(code)).toList(), all);
      firstStrike[entry + 1] = all.size();
    }
    add(splits.stream().filter(SetSplit::strikesMissing).toList(), all);
    firstStrike[codes + 2] = all.size();
    word = all.stream().mapToInt(SetSplit::word).toArray();
    keep = all.stream().mapToLong(SetSplit::keep).toArray();
  }

  /** How many strikes the splits make at most, all entries together. */
  static long size(List<SetSplit> splits) {
    return (codes(splits) + 2L) * splits.size();
  }

  /** The number of codes up to the largest of any set. */
  private static int codes(List<SetSplit> splits) {
    return splits.stream().mapToInt(split -> split.question().codes()).max().orElseThrow();
  }

  /** Adds the strikes of one entry, those of one word as one. */
  private static void add(List<SetSplit> striking, List<SetSplit> all) {
    int from = all.size();
    for (SetSplit next : striking) {
      int last = all.size() - 1;
      if (last >= from && all.get(last).word() == next.word()) {
        all.set(last, merged(all.get(last), next));
      } else {
        all.add(next);
      }
    }
  }

  private static SetSplit merged(SetSplit one, SetSplit other) {
    return new SetSplit(
        one.question(),
        one.strikesInSet(),
        one.strikesMissing(),
        one.word(),
        one.keep() & other.keep());
  }

  /** Strikes out what a row cannot reach. */
  void strike(float[] row, long[] possible) {
    int entry = entry(row[feature]);
    int end = firstStrike[entry + 1];
    for (int i = firstStrike[entry]; i < end; i++) {
      possible[word[i]] &= keep[i];
    }
  }

  private int entry(float x) {
    if (Float.isNaN(x)) {
      return codes + 1;
    }
    // A value too large for a whole number becomes the largest one.
    return x > bound ? Math.min((int) x, codes) : codes;
  }
}
