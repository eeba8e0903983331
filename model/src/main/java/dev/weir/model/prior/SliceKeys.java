package dev.weir.model.prior;

import dev.weir.model.feature.EvidenceView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The prior keys of many records, by level from fine to coarse; a key that many records share is held once. */
public final class SliceKeys {
  private final PriorPlan plan;
  private final List<Map<String, Integer>> codes = new ArrayList<>();
  private final List<List<String>> names = new ArrayList<>();
  private final int[][] codeOfRow;
  private final StringBuilder spelled = new StringBuilder();
  private int rows;

  /** @param rows how many records will be added */
  public SliceKeys(PriorPlan plan, int rows) {
    this.plan = plan;
    this.codeOfRow = new int[plan.keys().size()][rows];
    for (int level = 0; level < codeOfRow.length; level++) {
      codes.add(new HashMap<>());
      names.add(new ArrayList<>());
    }
  }

  /** Adds the next record. */
  public void add(EvidenceView evidence) {
    for (int level = 0; level < codeOfRow.length; level++) {
      List<String> known = names.get(level);
      plan.keys().get(level).spell(evidence, spelled);
      String key = spelled.toString();
      Integer code = codes.get(level).putIfAbsent(key, known.size());
      codeOfRow[level][rows] = code == null ? known.size() : code;
      if (code == null) {
        known.add(key);
      }
    }
    rows++;
  }

  /**
   * Counts records by key.
   *
   * @param of positions of the records that count
   * @param labels by position
   */
  public SlicePriors learn(int[] of, boolean[] labels) {
    List<Map<String, SlicePriors.Cell>> levels = new ArrayList<>();
    for (int level = 0; level < codeOfRow.length; level++) {
      int[] n = new int[names.get(level).size()];
      int[] trues = new int[n.length];
      for (int row : of) {
        n[codeOfRow[level][row]]++;
        trues[codeOfRow[level][row]] += labels[row] ? 1 : 0;
      }
      Map<String, SlicePriors.Cell> cells = new HashMap<>();
      for (int code = 0; code < n.length; code++) {
        if (n[code] > 0) {
          cells.put(names.get(level).get(code), new SlicePriors.Cell(n[code], trues[code]));
        }
      }
      levels.add(cells);
    }
    int trues = (int) Arrays.stream(of).filter(row -> labels[row]).count();
    return new SlicePriors(plan, levels, new SlicePriors.Cell(of.length, trues));
  }

  /** A record's key at a level. */
  public String key(int row, int level) {
    return names.get(level).get(codeOfRow[level][row]);
  }
}
