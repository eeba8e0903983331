package dev.weir.model.score;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.QuantileCalibrator;
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

  private final Featurizer featurizer;
  private final PathAttribution attribution;
  private final int members;
  private final Calibrator calibrator;
  private final LogisticGlm glm;
  private final QuantileCalibrator quantiles;
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
      QuantileCalibrator quantiles,
      double threshold,
      long fragile) {
    this.featurizer = featurizer;
    this.attribution = PathAttribution.of(
        ensemble, featurizer.sourceOfColumn(), featurizer.sources().size());
    this.members = ensemble.memberCount();
    this.calibrator = calibrator;
    this.glm = glm;
    this.quantiles = quantiles;
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
    quantiles.distances(
        quantileInputs(inputs, logit, prior),
        QuantileCalibrator.cell(isFragile, predicted),
        distances);
    return new Score(
        margin,
        attribution.bias(),
        contributions,
        pModel,
        glm.probability(row),
        memberProbabilities,
        agreeing / (double) members,
        Logistic.sigmoid(logit - distances[0]),
        pModel,
        Logistic.sigmoid(logit + distances[1]));
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

  /** The quantile calibrator's row: the trees' row and the extras. */
  public static float[] quantileInputs(float[] inputs, double logit, SlicePrior prior) {
    float[] row = java.util.Arrays.copyOf(inputs, inputs.length + QuantileCalibrator.EXTRAS);
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
