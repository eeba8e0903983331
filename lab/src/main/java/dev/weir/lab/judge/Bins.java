package dev.weir.lab.judge;

import dev.weir.model.metric.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of like probability, and how often the outcome was true among them. */
public final class Bins {
  /** Rows that a bin has at least, where there are enough. */
  public static final int ROWS_MIN = 50;

  private Bins() {}

  /**
   * One bin.
   *
   * @param predicted mean probability
   * @param low mean lower end of the intervals
   * @param high mean upper end
   * @param observed share of true outcomes
   * @param sampling 95 % interval of that share
   */
  public record Bin(
      int rows,
      double predicted,
      double low,
      double high,
      double observed,
      WilsonInterval sampling) {
    /** Whether the share lies in the mean interval. */
    public boolean isInside() {
      return observed >= low && observed <= high;
    }

    /** Whether sampling error alone can explain that the share is not inside. */
    public boolean isInsideAllowing() {
      return sampling.upper() >= low && sampling.lower() <= high;
    }
  }

  /** Bins of equal size by probability, of at least {@value #ROWS_MIN} rows where there are enough. */
  public static List<Bin> of(Judged judged, int[] rows, int parts) {
    List<Bin> bins = new ArrayList<>();
    if (rows.length == 0) {
      return bins;
    }
    for (int[] part : judged.byProbability(rows, parts, ROWS_MIN)) {
      int trues =
          (int) Arrays.stream(part).filter(row -> judged.rows().labels()[row]).count();
      bins.add(new Bin(
          part.length,
          Judged.mean(part, row -> judged.rows().pModel()[row]),
          Judged.mean(part, row -> judged.rows().p10()[row]),
          Judged.mean(part, row -> judged.rows().p90()[row]),
          trues / (double) part.length,
          WilsonInterval.of(trues, part.length, Judged.Z)));
    }
    return bins;
  }
}
