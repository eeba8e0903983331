package dev.weir.lab.evaluate;

import dev.weir.model.metric.WilsonInterval;
import java.util.List;

/**
 * What a gate has to reach to be worth its cost, and what it reaches, at some accuracies of the accepted.
 *
 * @param roles which rows were fitted to, chosen on and judged by
 */
public record Goal(String policy, List<Role> roles, List<Point> points) {
  private static final double REDUCTION_MIN = 0.80;
  private static final double COVERAGE_GIVEN_UP_MAX = 0.01;
  private static final double ERROR_ABOVE_MAX = 0.002;
  private static final double FALSE_HOLDS_MAX = 0.01;

  public Goal {
    roles = List.copyOf(roles);
    points = List.copyOf(points);
  }

  /** Whether every figure is met at every accuracy and batch size, by the policy alone. */
  public boolean isMetAlone() {
    return points.stream().flatMap(point -> point.alone().stream()).allMatch(Criterion::isMet);
  }

  /** Whether every figure is met at every accuracy and batch size, by the policy with the watch beside it. */
  public boolean isMetWatched() {
    return points.stream().flatMap(point -> point.watched().stream()).allMatch(Criterion::isMet);
  }

  /**
   * One accuracy, in batches of one size.
   *
   * @param accuracy of plain confidence's accepted rows, by which thresholds were chosen on rows that do not judge
   * @param plainCoverage the share of clean rows that plain confidence accepts at that threshold
   * @param plainError among those
   * @param clean what the gate does on clean rows as they came, beside plain confidence at the coverage of {@code orders}
   * @param orders what gate and watch accept of clean rows in random orders of the groups
   * @param falseHolds clean batches of 100, in the same
   * @param falseStops of the watch over the same
   * @param ownOrder of the watch over the clean rows as they came
   */
  public record Point(
      double accuracy,
      double plainCoverage,
      double plainError,
      Evaluation.HoldRow clean,
      CleanCount orders,
      FalseHolds falseHolds,
      FalseStops falseStops,
      FalseStops ownOrder,
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

    /** How many records a stream inside an incident has, about. */
    public int recordsOfAStream() {
      return ownOrder.streams() == 0 ? 0 : ownOrder.records() / ownOrder.streams();
    }

    /** The figures of the goal, by the policy alone. */
    public List<Criterion> alone() {
      return criteria(summary("all").reduction(), orders.coverage());
    }

    /** The figures of the goal with the watch, whose false stops nobody lifts before the stream ends. */
    public List<Criterion> watched() {
      return criteria(summary("all").watchedReduction(), orders.watchedCoverage());
    }

    private List<Criterion> criteria(double reduction, double coverage) {
      return List.of(
          Criterion.atLeast("wrong auto-accepts fewer inside incidents", reduction, REDUCTION_MIN),
          Criterion.atMost(
              "clean coverage given up", plainCoverage - coverage, COVERAGE_GIVEN_UP_MAX),
          Criterion.atMost(
              "clean accepted error above plain's",
              orders.error() - clean.plainError(),
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

  /**
   * Records without anything wrong in them, and how many of those are accepted.
   *
   * @param accepted by the policy alone
   * @param wrong of the accepted
   * @param watched accepted with the watch beside the policy
   */
  public record CleanCount(int records, int accepted, int wrong, int watched) {
    CleanCount plus(CleanCount other) {
      return new CleanCount(
          records + other.records,
          accepted + other.accepted,
          wrong + other.wrong,
          watched + other.watched);
    }

    /** The share that the policy alone accepts. */
    public double coverage() {
      return records == 0 ? 0 : accepted / (double) records;
    }

    /** The share that is accepted with the watch. */
    public double watchedCoverage() {
      return records == 0 ? 0 : watched / (double) records;
    }

    /** The share of the accepted that is wrong. */
    public double error() {
      return accepted == 0 ? 0 : wrong / (double) accepted;
    }
  }

  /**
   * Streams without anything wrong in them, and what a watch stopped of those.
   *
   * @param stopped the records that came after a stop
   */
  public record FalseStops(int streams, int stops, int records, int stopped) {
    static final FalseStops NONE = new FalseStops(0, 0, 0, 0);

    static FalseStops of(StreamWatch.Course course, int records) {
      return new FalseStops(
          1, course.isOrdered() ? 1 : 0, records, course.stopped().cardinality());
    }

    FalseStops plus(FalseStops other) {
      return new FalseStops(
          streams + other.streams,
          stops + other.stops,
          records + other.records,
          stopped + other.stopped);
    }

    /** The share of the records that came after a stop. */
    public double share() {
      return records == 0 ? 0 : stopped / (double) records;
    }
  }

  /** Batches without anything wrong in them, and how many of those were held. */
  public record FalseHolds(int batches, int held) {
    static final FalseHolds NONE = new FalseHolds(0, 0);

    FalseHolds plus(FalseHolds other) {
      return new FalseHolds(batches + other.batches, held + other.held);
    }

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
