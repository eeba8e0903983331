package dev.weir.model.tree;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a model was trained to predict, as far as scoring depends on it: the link between XGBoost's {@code base_score} and
 * the base margin. Only objectives whose link is known from XGBoost's own output are listed.
 */
public enum Objective {
  /** Probability of the positive class; the margin is its logit, {@code base_score} is a probability. */
  BINARY_LOGISTIC("binary:logistic", true, true),
  /** The logit itself; {@code base_score} is a logit too, which XGBoost's documentation leaves open. */
  BINARY_LOGIT_RAW("binary:logitraw", true, false),
  /** Conditional quantiles, one target per level. */
  QUANTILE("reg:quantileerror", false, false),
  /** Conditional mean. */
  SQUARED_ERROR("reg:squarederror", false, false),
  /** Conditional mean, less drawn by outliers. */
  PSEUDO_HUBER("reg:pseudohubererror", false, false),
  /** Conditional median. */
  ABSOLUTE_ERROR("reg:absoluteerror", false, false);

  private final String label;
  private final boolean logitMargin;
  private final boolean probabilityBase;

  Objective(String label, boolean logitMargin, boolean probabilityBase) {
    this.label = label;
    this.logitMargin = logitMargin;
    this.probabilityBase = probabilityBase;
  }

  /** XGBoost's name of the objective, such as {@code binary:logistic}. */
  public String label() {
    return label;
  }

  /** Whether the margin is a logit, so that a probability is {@code sigmoid(margin)}. */
  public boolean isLogit() {
    return logitMargin;
  }

  static Optional<Objective> labelled(String label) {
    return Arrays.stream(values())
        .filter(objective -> objective.label.equals(label))
        .findFirst();
  }

  /** Whether XGBoost's {@code base_score} is a probability, strictly between 0 and 1. */
  boolean hasProbabilityBase() {
    return probabilityBase;
  }

  /**
   * The margin of a model without trees, in the float32 steps XGBoost takes: {@code -ln(1 / baseScore - 1)} if {@code
   * baseScore} is a probability, else {@code baseScore}. Not finite when a probability is outside (0, 1).
   */
  float baseMargin(float baseScore) {
    return probabilityBase ? (float) -StrictMath.log(1f / baseScore - 1f) : baseScore;
  }
}
