package dev.weir.model.calibration;

import dev.weir.model.numeric.Split;
import dev.weir.model.numeric.Weights;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    /** As many points as the data support; {@link Isotonic#fitCentred centred}, because a step merges records. */
    ISOTONIC;

    /** The calibrator of this kind fitted to rows; {@link Platt} with smoothed targets. */
    public Calibrator fit(double[] margins, boolean[] labels, double[] weights) {
      return switch (this) {
        case PLATT -> Platt.fit(margins, labels, weights);
        case BETA -> Beta.fit(margins, labels, weights);
        case ISOTONIC -> Isotonic.fitCentred(margins, labels, weights);
      };
    }
  }

  /** Copies the scores. */
  public CalibratorChoice {
    brierScores = Collections.unmodifiableMap(new EnumMap<>(brierScores));
  }

  /**
   * Chooses by cross-validation over given folds: of the rows of positive weight, those of a fold are judged by fits to all
   * others.
   *
   * @param folds the fold of each row, any numbers; rows that must stay together (a group) share one
   * @throws IllegalArgumentException as {@link #choose(double[], boolean[], double[], List)}, or if the rows of positive
   *     weight lie in fewer than two folds
   */
  public static CalibratorChoice choose(
      double[] margins, boolean[] labels, double[] weights, int[] folds) {
    if (folds.length != margins.length) {
      throw new IllegalArgumentException(folds.length + " folds for " + margins.length + " rows");
    }
    double[] counts = Weights.scaledToMeanOne(weights);
    long distinct = IntStream.range(0, Math.min(folds.length, counts.length))
        .filter(row -> counts[row] > 0)
        .map(row -> folds[row])
        .distinct()
        .count();
    if (distinct < 2) {
      throw new IllegalArgumentException("the rows of positive weight lie in " + distinct
          + " fold(s); choosing a calibrator needs at least 2");
    }
    return choose(margins, labels, weights, Split.of(folds));
  }

  /**
   * Chooses by cross-validation. Scores within 1e-12 of the best are ties, which the simplest wins; a kind whose fit to all
   * rows is not increasing is scored but never chosen. Weights are first scaled to a mean of 1.
   *
   * @param margins one finite margin per row, from models that did not see the row
   * @param weights one finite weight ≥ 0 per row
   * @param splits at least one whose fitted and judged rows have positive weight; others are passed over
   * @throws IllegalArgumentException if lengths differ, a value is illegal, or no split can be used
   */
  public static CalibratorChoice choose(
      double[] margins, boolean[] labels, double[] weights, List<Split> splits) {
    double[] counts = Weights.scaledToMeanOne(weights);
    EnumMap<Kind, Double> scores = new EnumMap<>(Kind.class);
    EnumMap<Kind, Calibrator> fits = new EnumMap<>(Kind.class);
    double best = Double.POSITIVE_INFINITY;
    for (Kind kind : Kind.values()) {
      Calibrator fit = kind.fit(margins, labels, counts);
      double score = outOfFoldBrier(kind, margins, labels, counts, splits);
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
      Kind kind, double[] margins, boolean[] labels, double[] counts, List<Split> splits) {
    double sum = 0;
    double total = 0;
    for (Split split : splits) {
      double[] training = new double[counts.length];
      double trained = 0;
      for (int row : split.fitted()) {
        training[row] = counts[row];
        trained += counts[row];
      }
      if (trained > 0) {
        Calibrator fitted = kind.fit(margins, labels, training);
        for (int row : split.judged()) {
          double error = fitted.probability(margins[row]) - (labels[row] ? 1 : 0);
          sum += counts[row] * error * error;
          total += counts[row];
        }
      }
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          "no split has rows of positive weight to fit and to judge; choosing a calibrator needs one");
    }
    return sum / total;
  }
}
