package dev.weir.lab.role;

import dev.weir.model.domain.RawRecord;
import java.util.List;

/** Rows in one part. A set that judges can only be made beside the sets that it must not overlap. */
public sealed interface RowSet {
  /** Which rows. */
  RowIds ids();

  /** The part in a word. */
  String part();

  /** Rows that something was fitted to. */
  record FitSet(RowIds ids) implements RowSet {
    @Override
    public String part() {
      return "fitted to";
    }
  }

  /** Rows that something was chosen on; its figures there are too good. */
  record ChooseSet(RowIds ids) implements RowSet {
    /**
     * Rows to choose on.
     *
     * @throws IllegalArgumentException if they share a row or a group with what was fitted
     */
    public static ChooseSet of(List<RawRecord> records, FitSet fitted) {
      ChooseSet set = new ChooseSet(RowIds.of(records));
      requireApart(set, fitted);
      return set;
    }

    @Override
    public String part() {
      return "chosen on";
    }
  }

  /** Rows that judge, and nothing else. */
  record JudgeSet(RowIds ids, List<RawRecord> records) implements RowSet {
    public JudgeSet {
      records = List.copyOf(records);
    }

    /**
     * Rows to judge by.
     *
     * @param used everything that was fitted to or chosen on
     * @throws IllegalArgumentException if they share a row or a group with any of it
     */
    public static JudgeSet of(List<RawRecord> records, List<? extends RowSet> used) {
      JudgeSet set = new JudgeSet(RowIds.of(records), records);
      used.forEach(other -> requireApart(set, other));
      return set;
    }

    @Override
    public String part() {
      return "judged by";
    }
  }

  private static void requireApart(RowSet one, RowSet other) {
    int ids = one.ids().sharedIds(other.ids());
    int groups = one.ids().sharedGroups(other.ids());
    if (ids + groups > 0) {
      throw new IllegalArgumentException(ids + " of " + one.ids().rows() + " rows to be "
          + one.part() + " were " + other.part()
          + ", and " + groups + " groups lie on both sides; a row plays one part, and a group is"
          + " never split: leave those rows out, or judge out of fold (--folds 5)");
    }
  }
}
