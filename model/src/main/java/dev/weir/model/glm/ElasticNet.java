package dev.weir.model.glm;

import dev.weir.model.numeric.Logistic;
import dev.weir.model.numeric.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fitter of elastic-net logistic regressions.
 *
 * <p>Minimises Σ w·loss / Σ w + λ·( l1Ratio·|β|₁ + (1 - l1Ratio)/2·|β|₂² ) over the coefficients β of standardized
 * columns and an unpenalised intercept, where loss is the log loss in nats: glmnet's form (Friedman, Hastie and
 * Tibshirani, 2010). In scikit-learn's, λ = 1 / (C·Σ w). Scaling all weights changes nothing.
 *
 * <p>Columns are standardized by unweighted mean and population standard deviation over all fitted rows; NaN counts as
 * the mean. Constant columns get coefficient 0. Rows of weight 0 take part in the standardization only.
 *
 * <p>Every method refuses, by IllegalArgumentException, shapes that differ, infinite values, illegal weights, and rows
 * of positive weight that carry one label only, for which no finite intercept exists. Separable labels are no problem:
 * λ &gt; 0 keeps the minimum finite.
 *
 * @param l1Ratio in [0, 1]: 0 is ridge, 1 is lasso
 * @param lambdas the number of λ on the path, ≥ 1
 * @param lambdaRatioMin the last λ of the path over the first, in (0, 1)
 * @param tolerance the largest accepted violation of the optimality conditions, in [1e-14, 1e-2]
 */
public record ElasticNet(double l1Ratio, int lambdas, double lambdaRatioMin, double tolerance) {
  /* Out-of-fold losses are compared, not coefficients, so the fits behind them may be rougher. */
  private static final double TOLERANCE_IN_FOLDS = 1e-6;
  /* Log losses nearer than this are equal, and the stronger penalty wins. */
  private static final double TIE = 1e-10;

  /** Checks the ranges. */
  public ElasticNet {
    require(l1Ratio >= 0 && l1Ratio <= 1, "l1Ratio " + l1Ratio + " is outside [0, 1]");
    require(lambdas >= 1, "lambdas " + lambdas + " is below 1");
    require(
        lambdaRatioMin > 0 && lambdaRatioMin < 1,
        "lambdaRatioMin " + lambdaRatioMin + " is outside (0, 1)");
    require(
        tolerance >= 1e-14 && tolerance <= 1e-2,
        "tolerance " + tolerance + " is outside [1e-14, 1e-2]");
  }

  /** The fitter with a path of 30 λ down to 1/1000 of the first, and tolerance 1e-10. */
  public static ElasticNet withL1Ratio(double l1Ratio) {
    return new ElasticNet(l1Ratio, 30, 1e-3, 1e-10);
  }

  /**
   * The fit at one λ, from a cold start.
   *
   * @param rows n ≥ 1 rows of p columns; NaN is missing
   * @param weights one finite weight ≥ 0 per row
   * @param lambda finite, &gt; 0
   */
  public ElasticNetFit fit(double[][] rows, boolean[] labels, double[] weights, double lambda) {
    requireLambda(lambda);
    LabelledRows checked = new LabelledRows(rows, labels, weights);
    return new ProximalNewton(Design.of(checked, checked.all()), l1Ratio, tolerance).solve(lambda);
  }

  /** The fits along given λ, each started from the one before; fastest when they descend. */
  public List<ElasticNetFit> path(
      double[][] rows, boolean[] labels, double[] weights, double[] lambdaPath) {
    LabelledRows checked = new LabelledRows(rows, labels, weights);
    return path(checked, checked.all(), lambdaPath, tolerance);
  }

  /**
   * The λ path of the data: log-spaced, descending, from the least λ at which all coefficients are 0 (for an l1Ratio
   * below 0.001, of 0.001).
   */
  public double[] lambdaPath(double[][] rows, boolean[] labels, double[] weights) {
    LabelledRows checked = new LabelledRows(rows, labels, weights);
    return lambdaPath(Design.of(checked, checked.all()));
  }

  /**
   * The fit at the λ of the data's path with the lowest weighted out-of-fold log loss; ties within 1e-10 go to the
   * greater λ. Means and standard deviations are learnt anew without each fold.
   *
   * @param folds the fold of each row, any numbers, at least two different ones; rows of one group share a fold
   */
  public ElasticNetChoice choose(double[][] rows, boolean[] labels, double[] weights, int[] folds) {
    require(folds.length == rows.length, folds.length + " folds for " + rows.length + " rows");
    List<Split> splits = Split.of(folds);
    require(splits.size() >= 2, "all rows lie in one fold; choosing a penalty needs at least 2");
    return choose(rows, labels, weights, splits);
  }

  /**
   * The fit to all rows at the λ of the data's path with the lowest weighted log loss of the judged rows; ties within 1e-10
   * go to the greater λ.
   *
   * @param splits at least one
   */
  public ElasticNetChoice choose(
      double[][] rows, boolean[] labels, double[] weights, List<Split> splits) {
    LabelledRows checked = new LabelledRows(rows, labels, weights);
    require(!splits.isEmpty(), "choosing a penalty needs at least one split");
    double[] lambdaPath = lambdaPath(Design.of(checked, checked.all()));
    double[] losses = outOfFoldLosses(checked, splits, lambdaPath);
    int best = 0;
    List<ElasticNetChoice.Point> points = new ArrayList<>();
    for (int k = 0; k < lambdaPath.length; k++) {
      points.add(new ElasticNetChoice.Point(lambdaPath[k], losses[k]));
      best = losses[k] < losses[best] - TIE ? k : best;
    }
    List<ElasticNetFit> fits =
        path(checked, checked.all(), Arrays.copyOf(lambdaPath, best + 1), tolerance);
    return new ElasticNetChoice(fits.get(best), points);
  }

  private double[] outOfFoldLosses(LabelledRows rows, List<Split> splits, double[] lambdaPath) {
    double[] sums = new double[lambdaPath.length];
    double total = 0;
    for (Split split : splits) {
      List<ElasticNetFit> fits =
          path(rows, split.fitted(), lambdaPath, Math.max(tolerance, TOLERANCE_IN_FOLDS));
      for (int row : split.judged()) {
        total += rows.weights()[row];
        for (int k = 0; k < sums.length; k++) {
          double logit = fits.get(k).model().logit(rows.rows()[row]);
          sums[k] += rows.weights()[row] * Logistic.softplus(rows.labels()[row] ? -logit : logit);
        }
      }
    }
    for (int k = 0; k < sums.length; k++) {
      sums[k] /= total;
    }
    return sums;
  }

  private List<ElasticNetFit> path(
      LabelledRows rows, int[] fitted, double[] lambdaPath, double accepted) {
    ProximalNewton solver = new ProximalNewton(Design.of(rows, fitted), l1Ratio, accepted);
    List<ElasticNetFit> fits = new ArrayList<>();
    for (double lambda : lambdaPath) {
      requireLambda(lambda);
      fits.add(solver.solve(lambda));
    }
    return fits;
  }

  private double[] lambdaPath(Design design) {
    // A floor, because without any varying column the least λ would be 0.
    double first = Math.max(new ProximalNewton(design, l1Ratio, tolerance).lambdaMax(), 1e-9);
    double[] path = new double[lambdas];
    for (int k = 0; k < lambdas; k++) {
      path[k] = k == 0 ? first : first * StrictMath.pow(lambdaRatioMin, (double) k / (lambdas - 1));
    }
    return path;
  }

  private static void requireLambda(double lambda) {
    require(
        lambda > 0 && lambda < Double.POSITIVE_INFINITY,
        "lambda " + lambda + " is not a finite number > 0");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
