package dev.weir.lab.train;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fits the quantile calibrator (gate.md §5): pinball loss at .1 and .9 on how far, in logit space,
 * an out-of-sample member's probability lies from the ensemble's, given what is known of the
 * record; then one scale per fragility cell, such that 80 % of those lie inside.
 */
final class IntervalFit {
  private static final double COVERAGE = 0.80;
  private static final int ROUNDS = 60;
  private static final int CELL_MIN = 50;

  private final TrainingTable table;
  private final double[][] targets;
  private final boolean[] predicted;
  private final float[][] inputs;

  /**
   * @param logits by row, of the probability around which the interval lies
   * @param targets by row, then member: how far its logit lies from that
   */
  IntervalFit(
      TrainingTable table,
      double[] logits,
      double[][] targets,
      SlicePriors priors,
      double threshold) {
    this.table = table;
    this.targets = targets;
    this.predicted = new boolean[table.size()];
    this.inputs = new float[table.size()][];
    for (int i = 0; i < logits.length; i++) {
      predicted[i] = Logistic.sigmoid(logits[i]) >= threshold;
      inputs[i] = Scorer.quantileInputs(
          table.inputs()[i], logits[i], priors.of(table.evidence().get(i)));
    }
  }

  /** @param margins by row, then member: of members that did not see the row */
  static IntervalFit of(
      TrainingTable table,
      float[][] margins,
      Calibrator calibrator,
      SlicePriors priors,
      double threshold) {
    double[] logits = new double[table.size()];
    double[][] targets = new double[table.size()][];
    for (int i = 0; i < logits.length; i++) {
      float[] members = margins[i];
      double logit = Scorer.clippedLogit(calibrator.probability(Scorer.mean(members)));
      logits[i] = logit;
      targets[i] = new double[members.length];
      for (int k = 0; k < members.length; k++) {
        targets[i][k] = Scorer.clippedLogit(calibrator.probability(members[k])) - logit;
      }
    }
    return new IntervalFit(table, logits, targets, priors, threshold);
  }

  /** The fitted calibrator and its model file. */
  record Fitted(QuantileCalibrator calibrator, byte[] file) {}

  Fitted fit(TrainingSettings settings) {
    byte[] file = train(settings);
    TreeEnsemble model = TreeEnsemble.of(List.of(XgboostJson.read(file)));
    double[] ones = new double[QuantileCalibrator.CELLS];
    Arrays.fill(ones, 1);
    double[] scales = scales(new QuantileCalibrator(model, ones));
    return new Fitted(new QuantileCalibrator(model, scales), file);
  }

  /** The lower and the upper ends, by row, around given probabilities. */
  double[][] ends(QuantileCalibrator quantiles, double[] p) {
    double[][] ends = new double[2][p.length];
    double[] distances = new double[2];
    for (int i = 0; i < p.length; i++) {
      quantiles.distances(inputs[i], cell(i), distances);
      double logit = Scorer.clippedLogit(p[i]);
      ends[0][i] = Logistic.sigmoid(logit - distances[0]);
      ends[1][i] = Logistic.sigmoid(logit + distances[1]);
    }
    return ends;
  }

  private byte[] train(TrainingSettings settings) {
    int members = targets[0].length;
    List<float[]> rows = new ArrayList<>();
    float[] labels = new float[table.size() * members];
    float[] weights = new float[labels.length];
    double[] rowWeights = table.weights(settings.fragileWeight());
    for (int i = 0; i < table.size(); i++) {
      for (int k = 0; k < members; k++) {
        labels[rows.size()] = (float) targets[i][k];
        weights[rows.size()] = (float) rowWeights[i];
        rows.add(inputs[i]);
      }
    }
    return Boosting.train(
        new Boosting.Examples(rows, labels, weights),
        Map.of(
            "objective",
            "reg:quantileerror",
            "quantile_alpha",
            "[0.1,0.9]",
            "max_depth",
            4,
            "eta",
            0.1,
            "min_child_weight",
            50,
            "seed",
            (int) (settings.seed() & 0x7fffffff)),
        ROUNDS);
  }

  private double[] scales(QuantileCalibrator unscaled) {
    List<List<Double>> ratios = new ArrayList<>();
    for (int cell = 0; cell < QuantileCalibrator.CELLS; cell++) {
      ratios.add(new ArrayList<>());
    }
    double[] distances = new double[2];
    for (int i = 0; i < table.size(); i++) {
      int cell = cell(i);
      unscaled.distances(inputs[i], cell, distances);
      for (int k = 0; k < targets[i].length; k++) {
        double target = targets[i][k];
        double reach = target < 0 ? distances[0] : distances[1];
        ratios.get(cell).add(reach > 0 ? Math.abs(target) / reach : Double.MAX_VALUE);
      }
    }
    double[] scales = new double[QuantileCalibrator.CELLS];
    for (int cell = 0; cell < scales.length; cell++) {
      scales[cell] = scale(ratios.get(cell));
    }
    return scales;
  }

  /** The smallest scale that covers enough; 1 where a cell has too few rows to tell. */
  private static double scale(List<Double> ratios) {
    if (ratios.size() < CELL_MIN) {
      return 1;
    }
    double[] ascending =
        ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double scale = ascending[(int) Math.ceil(COVERAGE * ascending.length) - 1];
    return scale == Double.MAX_VALUE ? 1 : scale;
  }

  private int cell(int row) {
    return QuantileCalibrator.cell(table.fragile()[row], predicted[row]);
  }
}
