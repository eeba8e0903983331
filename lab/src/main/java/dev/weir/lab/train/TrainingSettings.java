package dev.weir.lab.train;

/**
 * How a bundle is trained.
 *
 * @param seed of every random choice
 * @param members of the ensemble, at least 2
 * @param folds for everything that is chosen or calibrated out of fold, at least 2
 * @param roundsMax trees of a member, if it does not stop earlier
 * @param patience rounds without a lower loss, after which a member stops
 * @param learningRate shrinkage of each tree
 * @param trueWeight of rows with label true in the members, for rare classes; the calibrator undoes what it does to the
 *     probabilities
 * @param fragileWeight of fragile rows in the fallback and the intervals
 * @param glmL1Ratio of the fallback's penalty
 * @param intervals which kind the bundle gets
 * @param worlds fitted worlds for each fold that the quantile calibrator learns from, at least 1; of many rows one is enough
 * @param rowsMax rows that one member, the fallback and the intervals are fitted to at most
 * @param threads that train side by side; the result does not depend on it
 */
public record TrainingSettings(
    long seed,
    int members,
    int folds,
    int roundsMax,
    int patience,
    double learningRate,
    double trueWeight,
    double fragileWeight,
    double glmL1Ratio,
    IntervalKind intervals,
    int worlds,
    int rowsMax,
    int threads) {
  public TrainingSettings {
    if (members < 2 || folds < 2 || roundsMax < 1 || patience < 1 || worlds < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "members and folds must be at least 2, rounds, patience, worlds and threads at least 1");
    }
    if (!(trueWeight > 0) || !(fragileWeight > 0) || rowsMax < 100) {
      throw new IllegalArgumentException("weights must be above 0, and rowsMax at least 100");
    }
  }

  /** Kinds of intervals. */
  public enum IntervalKind {
    /** Learnt from fitted worlds, whose truth is known. */
    QUANTILE,
    /** From isotonic regression alone; narrower than the model's error. */
    VENN_ABERS
  }

  /** The settings of {@code weir train}. */
  public static TrainingSettings defaults(long seed) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    return new TrainingSettings(
        seed, 8, 5, 1_000, 25, 0.08, 1, 2, 0.15, IntervalKind.QUANTILE, 2, 50_000, threads);
  }

  /** The same with another kind of intervals. */
  public TrainingSettings withIntervals(IntervalKind kind) {
    return new TrainingSettings(
        seed,
        members,
        folds,
        roundsMax,
        patience,
        learningRate,
        trueWeight,
        fragileWeight,
        glmL1Ratio,
        kind,
        worlds,
        rowsMax,
        threads);
  }

  /** The same with another number of threads. */
  public TrainingSettings withThreads(int number) {
    return new TrainingSettings(
        seed,
        members,
        folds,
        roundsMax,
        patience,
        learningRate,
        trueWeight,
        fragileWeight,
        glmL1Ratio,
        intervals,
        worlds,
        rowsMax,
        number);
  }
}
