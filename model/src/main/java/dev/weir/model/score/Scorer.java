package dev.weir.model.score;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.tree.PathAttribution;
import dev.weir.model.tree.TreeEnsemble;

/** Scores a record's evidence with the models of one bundle (gate.md §5). */
public final class Scorer {
  private static final double LOGIT_MAX = 12;
  private static final double P_MIN = Logistic.sigmoid(-LOGIT_MAX);
  private static final double P_MAX = Logistic.sigmoid(LOGIT_MAX);

  private final Featurizer featurizer;
  private final PathAttribution attribution;
  private final int members;
  private final Calibrator calibrator;
  private final LogisticGlm glm;
  private final Intervals intervals;
  private final double threshold;
  private final long fragile;

  /**
   * @param threshold a probability of at least this predicts true
   * @param fragile bit i is set iff flag i makes a record fragile for the quantile calibrator
   */
  public Scorer(
      Featurizer featurizer,
      TreeEnsemble ensemble,
      Calibrator calibrator,
      LogisticGlm glm,
      Intervals intervals,
      double threshold,
      long fragile) {
    this.featurizer = featurizer;
    this.attribution = PathAttribution.of(
        ensemble, featurizer.sourceOfColumn(), featurizer.sources().size());
    this.members = ensemble.memberCount();
    this.calibrator = calibrator;
    this.glm = glm;
    this.intervals = intervals;
    this.threshold = threshold;
    this.fragile = fragile;
  }

  /** The score of one record. */
  public Score score(Evidence evidence, SlicePrior prior) {
    double[] row = featurizer.row(evidence);
    float[] inputs = inputs(row);
    float[] margins = new float[members];
    double[] contributions = new double[attribution.sourceCount()];
    attribution.score(inputs, margins, contributions);

    double margin = mean(margins);
    double pModel = calibrator.probability(margin);
    boolean predicted = pModel >= threshold;
    double[] memberProbabilities = new double[members];
    int agreeing = 0;
    for (int k = 0; k < members; k++) {
      memberProbabilities[k] = calibrator.probability(margins[k]);
      agreeing += memberProbabilities[k] >= threshold == predicted ? 1 : 0;
    }

    double logit = clippedLogit(pModel);
    double[] distances = new double[2];
    boolean isFragile = (evidence.flags().truths() & fragile) != 0;
    intervals.distances(
        quantileInputs(inputs, logit, prior), Intervals.cell(isFragile, predicted), distances);
    double p50 = clipped(pModel);
    return new Score(
        margin,
        attribution.bias(),
        contributions,
        pModel,
        glm.probability(row),
        memberProbabilities,
        agreeing / (double) members,
        lower(p50, logit - distances[0]),
        p50,
        upper(p50, logit + distances[1]));
  }

  /** A probability clipped to [σ(−12), σ(12)]. */
  public static double clipped(double probability) {
    return Math.min(P_MAX, Math.max(P_MIN, probability));
  }

  /** p10 at a logit, at most p50, which rounding could put below it. */
  public static double lower(double p50, double logit) {
    return Math.min(p50, Logistic.sigmoid(Math.max(-LOGIT_MAX, logit)));
  }

  /** p90 at a logit, at least p50. */
  public static double upper(double p50, double logit) {
    return Math.max(p50, Logistic.sigmoid(Math.min(LOGIT_MAX, logit)));
  }

  /** The mean of member margins, summed in member order. */
  public static double mean(float[] margins) {
    double sum = 0;
    for (float margin : margins) {
      sum += margin;
    }
    return sum / margins.length;
  }

  /** A row as the trees read it. */
  public static float[] inputs(double[] row) {
    float[] inputs = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      inputs[i] = (float) row[i];
    }
    return inputs;
  }

  /** The intervals' row: the trees' row and the extras. */
  public static float[] quantileInputs(float[] inputs, double logit, SlicePrior prior) {
    float[] row = java.util.Arrays.copyOf(inputs, inputs.length + Intervals.EXTRAS);
    row[inputs.length] = (float) logit;
    row[inputs.length + 1] = (float) clippedLogit(prior.muBlend());
    row[inputs.length + 2] = (float) StrictMath.log1p(prior.finestN());
    return row;
  }

  /** The logit of a probability, clipped to ±12. */
  public static double clippedLogit(double probability) {
    return Math.min(LOGIT_MAX, Math.max(-LOGIT_MAX, Logistic.logit(probability)));
  }
}
