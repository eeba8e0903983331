package dev.weir.model.tree;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a model was trained to predict, as far as scoring depends on it: the link between XGBoost's {@code base_score} and
 * the base margin. Only objectives whose link is known from XGBoost's own output are listed.
 */
public enum Objective {
  /** Probability of the positive class; the margin is its logit. */
  BINARY_LOGISTIC("binary:logistic", true),
  /** The logit itself; {@code base_score} is nevertheless a probability. */
  BINARY_LOGIT_RAW("binary:logitraw", true),
  /** Conditional quantiles, one target per level. */
  QUANTILE("reg:quantileerror", false),
  /** Conditional mean. */
  SQUARED_ERROR("reg:squarederror", false);

  private final String label;
  private final boolean logit;

  Objective(String label, boolean logit) {
    this.label = label;
    this.logit = logit;
  }

  /** XGBoost's name of the objective, such as {@code binary:logistic}. */
  public String label() {
    return label;
  }

  /** Whether the margin is a logit, so that a probability is {@code sigmoid(margin)}. */
  public boolean isLogit() {
    return logit;
  }

  static Optional<Objective> labelled(String label) {
    return Arrays.stream(values())
        .filter(objective -> objective.label.equals(label))
        .findFirst();
  }

  /**
   * The margin of a model without trees, in the float32 steps XGBoost takes: {@code -ln(1 / baseScore - 1)} for logits,
   * {@code baseScore} otherwise. Not finite when {@code baseScore} is outside (0, 1) for a logit.
   */
  float baseMargin(float baseScore) {
    return logit ? (float) -StrictMath.log(1f / baseScore - 1f) : baseScore;
  }
}
