package dev.weir.gating.decision;

import java.util.List;

/**
 * A record as the rules of gate.md §9 see it.
 *
 * @param slices flags of the fragile union that count as true, in the union's order
 * @param readings the probabilities that every check is made for
 * @param interval the last reading's interval
 * @param width the widest interval over the readings
 * @param confidence 1 − min(1, width ÷ 0.60)
 */
public record Appraisal(
    List<String> slices,
    Readings readings,
    Variance variance,
    Interval interval,
    double width,
    double confidence) {
  public Appraisal {
    slices = List.copyOf(slices);
  }

  /** Whether the record is in a slice of the policy's fragile union. */
  public boolean fragile() {
    return !slices.isEmpty();
  }
}
