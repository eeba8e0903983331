package dev.weir.model.score;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.domain.Domain;
import dev.weir.model.feature.EvidenceView;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.prior.SlicePrior;
import java.util.List;

/** Scores a record's evidence with the models of one bundle (gate.md §5). */
public final class Scorer {
  private static final double LOGIT_MAX = 12;
  private static final double P_MIN = Logistic.sigmoid(-LOGIT_MAX);
  private static final double P_MAX = Logistic.sigmoid(LOGIT_MAX);

  private final Featurizer featurizer;
  private final Featurizer fallbackColumns;
  private final Margins margins;
  private final Calibrator calibrator;
  private final LogisticGlm glm;
  private final Intervals intervals;
  private final double threshold;
  private final long fragile;

  /* What is to be kept is copied out of a sheet that each thread has once. */
  private final ThreadLocal<ScoreSheet> sheets = ThreadLocal.withInitial(this::sheet);

  /**
   * @param featurizer the trees' columns
   * @param fallbackColumns those that only the fallback reads, after the trees'
   * @param threshold a probability of at least this predicts true
   * @param fragile bit i is set iff flag i makes a record fragile for the quantile calibrator
   */
  public Scorer(
      Domain domain,
      Featurizer featurizer,
      Featurizer fallbackColumns,
      MainModel model,
      Calibrator calibrator,
      LogisticGlm glm,
      Intervals intervals,
      double threshold,
      long fragile) {
    this.featurizer = featurizer;
    this.fallbackColumns = fallbackColumns;
    this.margins = Margins.of(model, domain, featurizer);
    this.calibrator = calibrator;
    this.glm = glm;
    this.intervals = intervals;
    this.threshold = threshold;
    this.fragile = fragile;
  }

  /** A sheet for these models' scores, with none filled in. */
  public ScoreSheet sheet() {
    return margins.sheet(featurizer.size(), fallbackColumns.size());
  }

  /** The manifest of sources, in the order of contributions; empty where the model tells none. */
  public List<String> sources() {
    return margins.sources();
  }

  /**
   * Exact Shapley values of one record's margin, by source in the manifest's order, for explaining
   * it: far slower than the contributions of a score. A model that stays elsewhere is taken at its
   * word; empty where it tells none.
   */
  public double[] shapley(EvidenceView evidence) {
    return margins.shapley(evidence);
  }

  /** The score of one record, to keep. */
  public Score score(EvidenceView evidence, SlicePrior prior) {
    ScoreSheet sheet = sheets.get();
    score(evidence, prior, sheet);
    return sheet.score();
  }

  /** Fills in the score of one record; allocates nothing. */
  public void score(EvidenceView evidence, SlicePrior prior, ScoreSheet sheet) {
    fillRow(evidence, featurizer, fallbackColumns, sheet.row);
    fillInputs(sheet.row, sheet.inputs);
    margins.fill(evidence, sheet);
    sheet.pModel = calibrator.probability(sheet.margin);
    sheet.pGlm = glm.probability(sheet.row);
    boolean predicted = sheet.pModel >= threshold;
    fillMembers(evidence, sheet, predicted);
    boolean isFragile = (evidence.truths() & fragile) != 0;
    fillInterval(sheet, prior, Intervals.cell(isFragile, predicted));
  }

  private void fillMembers(EvidenceView evidence, ScoreSheet sheet, boolean predicted) {
    int members = margins.members();
    if (members == 0) {
      // A single model has nobody to agree with but the fallback.
      sheet.agreement = sheet.pGlm >= threshold == predicted ? 1 : 0;
      return;
    }
    int agreeing = 0;
    for (int k = 0; k < members; k++) {
      double probability = calibrator.probability(margins.member(k, evidence, sheet));
      sheet.memberProbabilities[k] = probability;
      agreeing += probability >= threshold == predicted ? 1 : 0;
    }
    sheet.agreement = agreeing / (double) members;
  }

  private void fillInterval(ScoreSheet sheet, SlicePrior prior, int cell) {
    double logit = clippedLogit(sheet.pModel);
    fillQuantileInputs(sheet.inputs, logit, prior, sheet.quantileInputs);
    intervals.distances(sheet.quantileInputs, cell, sheet.distances);
    sheet.p50 = clipped(sheet.pModel);
    sheet.p10 = lower(sheet.p50, logit - sheet.distances[0]);
    sheet.p90 = upper(sheet.p50, logit + sheet.distances[1]);
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
    fillInputs(row, inputs);
    return inputs;
  }

  /** A record as the fallback reads it: the trees' columns, and after them its own. */
  public static double[] fallbackRow(
      EvidenceView evidence, Featurizer columns, Featurizer fallbackColumns) {
    double[] row = new double[columns.size() + fallbackColumns.size()];
    fillRow(evidence, columns, fallbackColumns, row);
    return row;
  }

  private static void fillRow(
      EvidenceView evidence, Featurizer columns, Featurizer fallbackColumns, double[] row) {
    columns.fill(evidence, row);
    fallbackColumns.fill(evidence, row, columns.size());
  }

  /* The trees' columns come first; a row may go on. No number becomes ∞, which XGBoost refuses to learn from. */
  static void fillInputs(double[] row, float[] inputs) {
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, (float) row[i]));
    }
  }

  /** The intervals' row: the trees' row and the extras. */
  public static float[] quantileInputs(float[] inputs, double logit, SlicePrior prior) {
    float[] row = new float[inputs.length + Intervals.EXTRAS];
    fillQuantileInputs(inputs, logit, prior, row);
    return row;
  }

  /** The extras alone: logit p_model, logit μ_blend, ln(1 + N_finest). */
  public static float[] quantileExtras(double logit, SlicePrior prior) {
    float[] extras = new float[Intervals.EXTRAS];
    fillQuantileExtras(logit, prior, extras, 0);
    return extras;
  }

  private static void fillQuantileInputs(
      float[] inputs, double logit, SlicePrior prior, float[] row) {
    System.arraycopy(inputs, 0, row, 0, inputs.length);
    fillQuantileExtras(logit, prior, row, inputs.length);
  }

  private static void fillQuantileExtras(double logit, SlicePrior prior, float[] row, int from) {
    row[from] = (float) logit;
    row[from + 1] = (float) clippedLogit(prior.muBlend());
    row[from + 2] = (float) StrictMath.log1p(prior.finestN());
  }

  /** The logit of a probability, clipped to ±12. */
  public static double clippedLogit(double probability) {
    return Math.min(LOGIT_MAX, Math.max(-LOGIT_MAX, Logistic.logit(probability)));
  }
}
