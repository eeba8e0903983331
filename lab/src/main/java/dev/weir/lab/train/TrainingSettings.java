package dev.weir.lab.train;

/**
 * How a bundle is trained.
 *
 * @param seed of every random choice
 * @param members bagged members of the ensemble, at least 2
 * @param folds for everything that is chosen or calibrated out of fold, at least 2
 * @param rounds trees of each member
 * @param depth of each tree
 * @param learningRate shrinkage of each tree
 * @param fragileWeight of fragile rows in the fallback and the quantile calibrator
 * @param glmL1Ratio of the fallback's penalty
 * @param threads that train members side by side; the result does not depend on it
 */
public record TrainingSettings(
    long seed,
    int members,
    int folds,
    int rounds,
    int depth,
    double learningRate,
    double fragileWeight,
    double glmL1Ratio,
    int threads) {
  public TrainingSettings {
    if (members < 2 || folds < 2 || rounds < 1 || depth < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "members and folds must be at least 2, rounds, depth and threads at least 1");
    }
  }

  /** The settings of {@code weir train}. */
  public static TrainingSettings defaults(long seed) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    return new TrainingSettings(seed, 8, 5, 100, 4, 0.08, 3, 0.15, threads);
  }
}
