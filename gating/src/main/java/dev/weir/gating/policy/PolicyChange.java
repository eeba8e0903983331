package dev.weir.gating.policy;

/**
 * One value in which two policies differ.
 *
 * @param key as in the file, for instance {@code accept.true}
 * @param before as a person writes it; {@code (none)} where absent
 */
public record PolicyChange(String key, String before, String after, Effect effect) {
  /** Where a change can move records, everything else being equal. */
  public enum Effect {
    /** From accept toward audit or hold alone. */
    TIGHTENS,
    /** The other way alone. */
    LOOSENS,
    /** Nowhere: no route depends on it. */
    NEITHER,
    /** Either way, depending on the record or the batch. */
    EITHER
  }

  @Override
  public String toString() {
    String how = switch (effect) {
      case TIGHTENS -> "tightens";
      case LOOSENS -> "loosens";
      case NEITHER -> "moves no route";
      case EITHER -> "may tighten or loosen";
    };
    return key + ": " + before + " -> " + after + "; " + how;
  }
}
