package dev.weir.gating.policy;

/**
 * The consensus checks' thresholds (gate.md §9, rule 5).
 *
 * @param glmDifference largest |p − p_glm|
 * @param agreement smallest share of members that predict the model's class
 * @param width largest p90 − p10
 * @param confidence smallest confidence score
 */
public record Limits(double glmDifference, double agreement, double width, double confidence) {
  /** Limits that every record meets. */
  public static final Limits NONE = new Limits(1, 0, 1, 0);

  /** The stricter of each threshold. */
  public Limits strictest(Limits other) {
    return new Limits(
        Math.min(glmDifference, other.glmDifference),
        Math.max(agreement, other.agreement),
        Math.min(width, other.width),
        Math.max(confidence, other.confidence));
  }
}
