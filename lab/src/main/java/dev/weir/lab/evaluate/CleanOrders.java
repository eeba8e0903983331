package dev.weir.lab.evaluate;

import dev.weir.lab.corrupt.Arrival;
import dev.weir.lab.train.ParallelJobs;
import dev.weir.lab.train.Progress;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a gate and the watch beside it take from clean rows, over {@value #ORDERS} random orders of each arm's groups. In
 * their own order the rows are too few to tell: one held batch of 100 among 6,000 is more than a point of coverage.
 */
final class CleanOrders {
  private static final int ORDERS = 10;

  private final List<Contestant> contestants;
  private final List<double[]> floors;
  private final Watching watching;
  private final long seed;

  /** @param floors by accuracy, then by arm: what the gate asks of every reading's probability besides */
  CleanOrders(List<Contestant> contestants, List<double[]> floors, Watching watching, long seed) {
    this.contestants = List.copyOf(contestants);
    this.floors = List.copyOf(floors);
    this.watching = watching;
    this.seed = seed;
  }

  /**
   * What one arm counted in batches of one size, or all of them.
   *
   * @param holds of full batches
   * @param accepted by accuracy: by the policy alone, and with the watch
   */
  record Count(Goal.FalseHolds holds, Goal.FalseStops stops, List<Goal.CleanCount> accepted) {
    Count plus(Count other) {
      return new Count(
          holds.plus(other.holds),
          stops.plus(other.stops),
          IntStream.range(0, accepted.size())
              .mapToObj(i -> accepted.get(i).plus(other.accepted.get(i)))
              .toList());
    }
  }

  /** By arm, in batches of one size. */
  List<Count> counts(int size, int threads, Progress progress) {
    int jobs = contestants.size() * ORDERS;
    List<Count> counts = new ParallelJobs(threads)
        .run(
            jobs,
            job -> count(job / ORDERS, seed + job % ORDERS, new Batching(size)),
            done -> progress.at("clean orders in batches of " + size, done, jobs));
    return IntStream.range(0, contestants.size())
        .mapToObj(arm -> counts.subList(arm * ORDERS, (arm + 1) * ORDERS).stream()
            .reduce(Count::plus)
            .orElseThrow())
        .toList();
  }

  private Count count(int arm, long orderSeed, Batching batching) {
    Contestant contestant = contestants.get(arm);
    Passage passage =
        Passage.of(contestant.release(), shuffled(contestant.arm().rows(), orderSeed), batching);
    StreamWatch.Course course = new StreamWatch(
            contestant.arm().bundle().reference().drift(), watching)
        .over(passage, batching);
    int full = passage.size() / batching.size();
    int held = (int) IntStream.range(0, full)
        .filter(batch -> passage.isHeld(batch * batching.size()))
        .count();
    return new Count(
        new Goal.FalseHolds(full, held),
        Goal.FalseStops.of(course, passage.size()),
        floors.stream().map(floor -> accepted(passage, course, floor[arm])).toList());
  }

  private static Goal.CleanCount accepted(
      Passage passage, StreamWatch.Course course, double floor) {
    int accepted = 0;
    int wrong = 0;
    int watched = 0;
    for (int row = 0; row < passage.size(); row++) {
      if (passage.isAccepted(row, floor)) {
        accepted++;
        wrong += passage.isWrong(row) ? 1 : 0;
        watched += course.stopped().get(row) ? 0 : 1;
      }
    }
    return new Goal.CleanCount(passage.size(), accepted, wrong, watched);
  }

  private static List<Arrival> shuffled(List<RawRecord> records, long seed) {
    Map<String, List<RawRecord>> groups = new LinkedHashMap<>();
    records.forEach(
        record -> groups.computeIfAbsent(record.group(), g -> new ArrayList<>()).add(record));
    List<List<RawRecord>> order = new ArrayList<>(groups.values());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order.stream().flatMap(List::stream).map(Arrival::intact).toList();
  }
}
