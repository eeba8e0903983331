package dev.weir.lab.slice;

import java.util.List;

/**
 * A conjunction of conditions that was found on one half of the groups.
 *
 * @param lift by which it was found
 * @param conditions one to three, in words
 * @param flag a name for it, and its detector in one line of YAML
 * @param found its figures on the half that it was found on
 * @param other its figures on the other half
 * @param p the probability, on the other half, of so many errors in a slice like any other, or by confidence alone, rows
 *     of slices found earlier left aside; corrected for all that were tried there (Benjamini–Hochberg)
 * @param isConfirmed whether p is small enough
 */
public record FoundSlice(
    Lift lift,
    List<String> conditions,
    String flag,
    String detector,
    Figures found,
    Figures other,
    double p,
    boolean isConfirmed) {
  public FoundSlice {
    conditions = List.copyOf(conditions);
  }

  /** What a slice has more of than other rows. */
  public enum Lift {
    /** Errors. */
    ERROR,
    /** Errors beyond what the model's own confidence expects: only these tell a gate something new. */
    EXCESS
  }

  /**
   * A slice on one half.
   *
   * @param error share of wrong predictions
   * @param expected what 1 − confidence expects of it
   * @param lift error over that of the half as a whole
   */
  public record Figures(int rows, double error, double expected, double lift) {
    /** Error beyond what confidence expects. */
    public double excess() {
      return error - expected;
    }
  }
}
