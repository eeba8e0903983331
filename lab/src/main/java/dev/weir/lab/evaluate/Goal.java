package dev.weir.lab.evaluate;

import dev.weir.model.metric.WilsonInterval;
import java.util.List;

/** What a gate has to reach to be worth its cost, and what it reaches, at some accuracies of the accepted. */
public record Goal(String policy, List<Point> points) {
  private static final double REDUCTION_MIN = 0.80;
  private static final double COVERAGE_GIVEN_UP_MAX = 0.01;
  private static final double ERROR_ABOVE_MAX = 0.002;
  private static final double FALSE_HOLDS_MAX = 0.01;

  public Goal {
    points = List.copyOf(points);
  }

  /** Whether every figure is met at every accuracy and batch size. */
  public boolean isMet() {
    return points.stream().flatMap(point -> point.criteria().stream()).allMatch(Criterion::isMet);
  }

  /**
   * One accuracy, in batches of one size.
   *
   * @param accuracy of plain confidence's accepted rows, by which thresholds were chosen on rows that do not judge
   * @param plainCoverage the share of clean rows that plain confidence accepts at that threshold
   * @param plainError among those
   * @param clean what the gate does on clean rows, beside plain confidence at its coverage
   * @param falseHolds clean batches of 100, in random orders of the groups
   */
  public record Point(
      double accuracy,
      double plainCoverage,
      double plainError,
      Evaluation.HoldRow clean,
      FalseHolds falseHolds,
      List<Summary> summaries,
      List<Incident> incidents) {
    public Point {
      summaries = List.copyOf(summaries);
      incidents = List.copyOf(incidents);
    }

    /** The incidents that are summed up under a name. */
    public Summary summary(String name) {
      return summaries.stream()
          .filter(summary -> summary.incidents().equals(name))
          .findFirst()
          .orElseThrow();
    }

    /** The figures of the goal. */
    public List<Criterion> criteria() {
      return List.of(
          Criterion.atLeast(
              "wrong auto-accepts fewer inside incidents",
              summary("all").reduction(),
              REDUCTION_MIN),
          Criterion.atMost(
              "clean coverage given up", plainCoverage - clean.coverage(), COVERAGE_GIVEN_UP_MAX),
          Criterion.atMost(
              "clean accepted error above plain's",
              clean.error() - clean.plainError(),
              ERROR_ABOVE_MAX),
          Criterion.atMost("clean batches of 100 held", falseHolds.share(), FALSE_HOLDS_MAX));
    }
  }

  /** A figure and its bound, shares. */
  public record Criterion(String name, double value, double bound, boolean isMet) {
    private static Criterion atLeast(String name, double value, double bound) {
      return new Criterion(name, value, bound, value >= bound);
    }

    private static Criterion atMost(String name, double value, double bound) {
      return new Criterion(name, value, bound, value <= bound);
    }
  }

  /** Batches without anything wrong in them, and how many of those were held. */
  public record FalseHolds(int batches, int held) {
    /** The share that was held. */
    public double share() {
      return batches == 0 ? 0 : held / (double) batches;
    }

    /** Its 95 % interval as if batches were independent; they share rows between orders. */
    public WilsonInterval sampling() {
      return WilsonInterval.of(held, batches, 1.96);
    }
  }
}
