package dev.weir.lab.slice;

import dev.weir.lab.judge.Bins;
import dev.weir.lab.judge.Judged;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.metric.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Whether slices that someone declared are as fragile as that says (lab.md §9). */
public final class SliceAudit {
  private static final int ROWS_MIN = 50;
  private static final int BINS = 20;

  private SliceAudit() {}

  /** What the data say of a slice. */
  public enum Verdict {
    /** The model errs more often there than it expects of itself. */
    FRAGILE("fragile"),
    /** It does not, as far as these rows can tell. */
    NOT_FRAGILE("not fragile"),
    /** Too few rows to say. */
    TOO_FEW("too few");

    /** As reports write it. */
    public final String words;

    Verdict(String words) {
      this.words = words;
    }
  }

  /**
   * One slice.
   *
   * @param declared whether the domain counts it as fragile
   * @param error share of wrong predictions inside, out of fold
   * @param sampling 95 % interval of that share
   * @param expected share of errors that the model's own probabilities expect inside
   * @param elsewhere share of wrong predictions outside
   * @param calibration mean probability less share of true outcomes inside
   * @param covered bins by probability whose share lies in the interval, allowing for sampling error
   * @param bins how many there are
   */
  public record Slice(
      String name,
      boolean declared,
      int rows,
      double error,
      WilsonInterval sampling,
      double expected,
      double elsewhere,
      double calibration,
      int covered,
      int bins,
      Verdict verdict) {}

  /**
   * Every declared flag, in order.
   *
   * @param truths by judged row, bit i is set iff flag i is true
   * @param declared bit i is set iff flag i counts as fragile
   */
  public static List<Slice> of(Judged judged, FlagSet flags, long[] truths, long declared) {
    List<Slice> slices = new ArrayList<>();
    for (int flag = 0; flag < flags.size(); flag++) {
      int bit = flag;
      slices.add(of(
          judged,
          flags.flags().get(flag).name(),
          (declared >>> flag & 1) != 0,
          row -> (truths[row] >>> bit & 1) != 0));
    }
    return slices;
  }

  /** One slice by its members. */
  public static Slice of(Judged judged, String name, boolean declared, IntPredicate isIn) {
    return slice(
        judged,
        name,
        declared,
        Arrays.stream(judged.all()).filter(isIn).toArray(),
        Arrays.stream(judged.all()).filter(isIn.negate()).toArray());
  }

  private static Slice slice(
      Judged judged, String name, boolean declared, int[] inside, int[] outside) {
    int wrong = (int) Arrays.stream(inside).filter(judged::isWrong).count();
    WilsonInterval sampling = WilsonInterval.of(wrong, inside.length, Judged.Z);
    double expected = Judged.mean(inside, judged::expectedError);
    List<Bins.Bin> bins = Bins.of(judged, inside, BINS);
    Verdict verdict = inside.length < ROWS_MIN
        ? Verdict.TOO_FEW
        : sampling.lower() > expected ? Verdict.FRAGILE : Verdict.NOT_FRAGILE;
    return new Slice(
        name,
        declared,
        inside.length,
        wrong / (double) inside.length,
        sampling,
        expected,
        Judged.mean(outside, row -> judged.isWrong(row) ? 1 : 0),
        Judged.mean(inside, row -> judged.rows().pModel()[row])
            - Judged.mean(inside, row -> judged.rows().labels()[row] ? 1 : 0),
        (int) bins.stream().filter(Bins.Bin::isInsideAllowing).count(),
        bins.size(),
        verdict);
  }
}
