package dev.weir.model.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The risk–coverage curve of selective prediction (El-Yaniv and Wiener, 2010): accept the rows of greatest confidence
 * first and watch the error rate among the accepted.
 *
 * <p>Coverage is the share of the weight accepted, risk the share of wrong rows in it. Rows of equal confidence are
 * accepted together, so the curve does not depend on the order of rows.
 */
public final class RiskCoverage {
  private final List<Point> points;

  private RiskCoverage(List<Point> points) {
    this.points = points;
  }

  /**
   * The state after accepting every row with confidence ≥ threshold.
   *
   * @param threshold one of the confidences
   * @param coverage in (0, 1]; the last point's is 1
   * @param risk in [0, 1]
   */
  public record Point(double threshold, double coverage, double risk) {}

  /**
   * The curve of decided rows; rows of weight 0 are dropped, and without weight the curve has no point.
   *
   * @param confidences one per row, not NaN, on any scale: only the order counts
   * @param wrong whether the row's decision was an error
   */
  public static RiskCoverage of(double[] confidences, boolean[] wrong, double[] weights) {
    double total = Rows.check(confidences, wrong, weights);
    int[] order = Rows.descending(confidences);
    List<Point> points = new ArrayList<>();
    double accepted = 0;
    double errors = 0;
    int next = 0;
    while (next < order.length) {
      double threshold = confidences[order[next]];
      double before = accepted;
      for (; next < order.length && confidences[order[next]] == threshold; next++) {
        accepted += weights[order[next]];
        errors += wrong[order[next]] ? weights[order[next]] : 0;
      }
      if (accepted > before) {
        points.add(new Point(threshold, accepted / total, errors / accepted));
      }
    }
    if (!points.isEmpty()) {
      // Summed in another order than the total, so up to rounding; all is all.
      Point last = points.get(points.size() - 1);
      points.set(points.size() - 1, new Point(last.threshold(), 1, last.risk()));
    }
    return new RiskCoverage(List.copyOf(points));
  }

  /** The points by descending threshold and ascending coverage, one per distinct confidence. */
  public List<Point> points() {
    return points;
  }

  /**
   * AURC, the area under the curve in [0, 1]: Σ (coverage_k - coverage_{k-1})·risk_k, which for distinct confidences and
   * equal weights is the mean risk over the n prefixes (Geifman and El-Yaniv, 2017). Empty without weight.
   */
  public OptionalDouble area() {
    double area = 0;
    double before = 0;
    for (Point point : points) {
      area += (point.coverage() - before) * point.risk();
      before = point.coverage();
    }
    return points.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(area);
  }

  /**
   * The risk in [0, 1] when exactly a share of the weight is accepted; where that cuts through equal confidences, the
   * expectation over a random choice among them. Empty without weight.
   *
   * @param coverage in (0, 1]
   */
  public OptionalDouble riskAt(double coverage) {
    if (!(coverage > 0 && coverage <= 1)) {
      throw new IllegalArgumentException("coverage " + coverage + " is outside (0, 1]");
    }
    double before = 0;
    double errorsBefore = 0;
    for (Point point : points) {
      double errors = point.coverage() * point.risk();
      if (point.coverage() >= coverage) {
        double share = (coverage - before) / (point.coverage() - before);
        double risk = (errorsBefore + share * (errors - errorsBefore)) / coverage;
        return OptionalDouble.of(Math.max(0, Math.min(1, risk)));
      }
      before = point.coverage();
      errorsBefore = errors;
    }
    return OptionalDouble.empty();
  }

  /**
   * The greatest coverage in [0, 1] of a threshold whose risk is at most a bound; 0 if no threshold meets it, empty
   * without weight.
   *
   * @param risk in [0, 1]
   */
  public OptionalDouble coverageAt(double risk) {
    if (!(risk >= 0 && risk <= 1)) {
      throw new IllegalArgumentException("risk " + risk + " is outside [0, 1]");
    }
    double coverage = 0;
    for (Point point : points) {
      coverage = point.risk() <= risk ? point.coverage() : coverage;
    }
    return points.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(coverage);
  }
}
