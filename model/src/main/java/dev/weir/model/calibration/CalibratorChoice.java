package dev.weir.model.calibration;

import dev.weir.model.numeric.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The calibrator with the lowest out-of-fold Brier score, fitted to all rows, and what every kind scored.
 *
 * @param kind the kind chosen
 * @param calibrator that kind fitted to all rows; increasing
 * @param brierScores the weighted out-of-fold Brier score in [0, 1] of every kind, in order of simplicity
 */
public record CalibratorChoice(Kind kind, Calibrator calibrator, Map<Kind, Double> brierScores) {
  /* Brier scores nearer than this are equal: rounding must not decide between kinds. */
  private static final double TIE = 1e-12;

  /** The kinds of calibrator, the simplest first. */
  public enum Kind {
    /** Two parameters. */
    PLATT,
    /** Three parameters. */
    BETA,
    /** As many steps as the data support. */
    ISOTONIC;

    /** The calibrator of this kind fitted to rows; {@link Platt} with smoothed targets. */
    public Calibrator fit(double[] margins, boolean[] labels, double[] weights) {
      return switch (this) {
        case PLATT -> Platt.fit(margins, labels, weights);
        case BETA -> Beta.fit(margins, labels, weights);
        case ISOTONIC -> Isotonic.fit(margins, labels, weights);
      };
    }
  }

  /** Copies the scores. */
  public CalibratorChoice {
    brierScores = Collections.unmodifiableMap(new EnumMap<>(brierScores));
  }

  /**
   * Chooses by cross-validation over given folds. Scores within 1e-12 of the best are ties, which the simplest wins; a
   * kind whose fit to all rows is not increasing is scored but never chosen. Weights are first scaled to a mean of 1.
   *
   * @param margins one finite margin per row, from models that did not see the row
   * @param weights one finite weight ≥ 0 per row
   * @param folds the fold of each row, any numbers; rows that must stay together (a group) share one
   * @throws IllegalArgumentException if lengths differ, a value is illegal, or the rows of positive weight lie in fewer
   *     than two folds
   */
  public static CalibratorChoice choose(
      double[] margins, boolean[] labels, double[] weights, int[] folds) {
    if (folds.length != margins.length) {
      throw new IllegalArgumentException(folds.length + " folds for " + margins.length + " rows");
    }
    double[] counts = Weights.scaledToMeanOne(weights);
    TreeSet<Integer> distinct = new TreeSet<>();
    for (int row = 0; row < folds.length && row < counts.length; row++) {
      if (counts[row] > 0) {
        distinct.add(folds[row]);
      }
    }
    if (distinct.size() < 2) {
      throw new IllegalArgumentException("the rows of positive weight lie in " + distinct.size()
          + " fold(s); choosing a calibrator needs at least 2");
    }
    EnumMap<Kind, Double> scores = new EnumMap<>(Kind.class);
    EnumMap<Kind, Calibrator> fits = new EnumMap<>(Kind.class);
    double best = Double.POSITIVE_INFINITY;
    for (Kind kind : Kind.values()) {
      Calibrator fit = kind.fit(margins, labels, counts);
      double score = outOfFoldBrier(
          kind, new CalibrationRows(margins, labels, counts), kept(folds, counts), distinct);
      scores.put(kind, score);
      if (fit.isIncreasing()) {
        fits.put(kind, fit);
        best = Math.min(best, score);
      }
    }
    for (Map.Entry<Kind, Calibrator> fit : fits.entrySet()) {
      double score = scores.getOrDefault(fit.getKey(), Double.POSITIVE_INFINITY);
      if (score <= best + TIE) {
        return new CalibratorChoice(fit.getKey(), fit.getValue(), scores);
      }
    }
    throw new AssertionError("isotonic calibration is always increasing");
  }

  private static double outOfFoldBrier(
      Kind kind, CalibrationRows rows, int[] folds, TreeSet<Integer> distinct) {
    double sum = 0;
    double total = 0;
    for (int fold : distinct) {
      double[] training = rows.weights.clone();
      for (int row = 0; row < training.length; row++) {
        training[row] = folds[row] == fold ? 0 : training[row];
      }
      Calibrator fitted = kind.fit(rows.scores, rows.labels, training);
      for (int row = 0; row < training.length; row++) {
        if (folds[row] == fold) {
          double error = fitted.probability(rows.scores[row]) - (rows.labels[row] ? 1 : 0);
          sum += rows.weights[row] * error * error;
          total += rows.weights[row];
        }
      }
    }
    return sum / total;
  }

  /** The folds of the rows of positive weight, as {@link CalibrationRows} keeps them. */
  private static int[] kept(int[] folds, double[] weights) {
    int[] kept = new int[folds.length];
    int next = 0;
    for (int row = 0; row < folds.length; row++) {
      if (weights[row] > 0) {
        kept[next++] = folds[row];
      }
    }
    return Arrays.copyOf(kept, next);
  }
}
