package dev.weir.model.glm;

import java.util.List;

/**
 * The penalty of lowest cross-validated log loss, and the model of all rows at it.
 *
 * @param fit the fit to all rows at the chosen λ
 * @param path every λ tried, the largest first, with its out-of-fold log loss
 */
public record ElasticNetChoice(ElasticNetFit fit, List<Point> path) {

  /**
   * One λ of the path.
   *
   * @param lambda the strength of the penalty
   * @param logLoss the weighted mean out-of-fold log loss over all rows, in nats
   */
  public record Point(double lambda, double logLoss) {}

  /** Copies the path. */
  public ElasticNetChoice {
    path = List.copyOf(path);
  }
}
