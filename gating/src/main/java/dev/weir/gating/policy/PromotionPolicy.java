package dev.weir.gating.policy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which records of a closed batch are promoted (gate.md §10): a stage that flags, a stage that makes
 * candidates of the flagged, how many of these flip, and when flipping must end.
 */
public record PromotionPolicy(Stage flagged, Stage candidates, Flips flips, SlowCaps slow) {
  /**
   * What a record must have to pass.
   *
   * @param probability least p_model
   * @param gates bounds of observed numbers by field, in the order of names
   */
  public record Stage(double probability, Map<String, Bounds> gates) {
    public Stage {
      gates = Collections.unmodifiableMap(new TreeMap<>(gates));
    }
  }

  /** Both inclusive; infinite where not given. */
  public record Bounds(double min, double max) {
    /** Whether a value is within; NaN, which stands for a missing value, is not. */
    public boolean include(double value) {
      return value >= min && value <= max;
    }
  }

  /**
   * How many flip: K = min(max(⌊share·|F|⌋, min), |candidates|, max), and none where K &lt; min or
   * K/|F| &lt; shareMin.
   *
   * @param share of the flagged, in [0, 1]
   * @param prediction what a flip predicts, in the label's unit
   */
  public record Flips(double share, int min, int max, double shareMin, double prediction) {
    /** How many of a batch flip. */
    public int count(int flagged, int candidates) {
      // .29 of 100 are 29, as whoever wrote .29 means; doubles make it 28.99….
      int shared =
          BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(flagged)).intValue();
      int wanted = Math.max(shared, min);
      int k = Math.min(Math.min(wanted, candidates), max);
      return k < min || k / (double) flagged < shareMin ? 0 : k;
    }
  }

  /**
   * When whoever follows outcomes must open the breaker: at more slow flips than min(flips,
   * ratio·flips) among those whose outcome returned within the window. The gate reads no outcomes, so
   * nothing here opens it; an order of a person does.
   *
   * @param flips most slow flips whatever their share
   * @param ratio largest share of slow flips, in [0, 1]
   */
  public record SlowCaps(int flips, double ratio, int windowHours) {
    /** Whether the outcomes of the window must open the breaker. */
    public boolean areExceededBy(int slow, int returned) {
      return slow > Math.min(flips, ratio * returned);
    }
  }
}
