package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Route;
import dev.weir.gating.drift.DriftWatch;
import dev.weir.model.reference.DriftTable;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * {@code weir watch} beside a gate: reads what the gate decides, and once it has ordered a stop nothing is accepted, since
 * no operator lifts the order. All records count as younger than the watch's greatest age.
 */
final class StreamWatch {
  private final Optional<DriftWatch> watch;
  private final int delay;

  /**
   * @param table of the gate's bundle; a watch that it is too small for never orders anything
   */
  StreamWatch(DriftTable table, Watching watching) {
    this.watch = table.recordsMin() > DriftWatch.BLOCK
        ? Optional.empty()
        : Optional.of(new DriftWatch(table, watching.settings()));
    this.delay = watching.delay();
  }

  /**
   * What becomes of a stream.
   *
   * @param blamed the field that the order names; empty where nothing was ordered
   * @param stopped the rows that were decided under the order
   */
  record Course(Optional<String> blamed, BitSet stopped) {
    boolean isOrdered() {
      return blamed.isPresent();
    }
  }

  /** A stream whose beginning the watch sees. */
  Course over(Passage passage, Batching batching) {
    return watch
        .map(one -> over(one, one.start(), passage, batching))
        .orElseGet(StreamWatch::unseen);
  }

  /**
   * A stream that another went before, so that the first windows have some of both.
   *
   * @param before the last records of which are seen
   * @param count how many of those
   */
  Course over(Passage before, int count, Passage passage, Batching batching) {
    return watch
        .map(one -> over(one, last(one, before, count), passage, batching))
        .orElseGet(StreamWatch::unseen);
  }

  private static Course unseen() {
    return new Course(Optional.empty(), new BitSet());
  }

  /** Whatever was ordered before has been lifted. */
  private static DriftWatch.State last(DriftWatch watch, Passage before, int count) {
    DriftWatch.State state = watch.start();
    for (int row = Math.max(0, before.size() - count); row < before.size(); row++) {
      state = step(watch, state, before, row).state();
    }
    return state.isRaised() ? watch.lifted() : state;
  }

  private Course over(
      DriftWatch watch, DriftWatch.State start, Passage passage, Batching batching) {
    BitSet stopped = new BitSet(passage.size());
    DriftWatch.State state = start;
    Optional<String> blamed = Optional.empty();
    int since = 0;
    for (List<Integer> batch : batching.batches(passage.arrivals())) {
      if (state.isRaised()) {
        since += batch.size();
        if (since >= delay) {
          batch.forEach(stopped::set);
        }
      } else {
        for (int row : batch) {
          DriftWatch.Step step = step(watch, state, passage, row);
          state = step.state();
          if (step.alarm().isPresent()) {
            blamed = step.alarm().map(alarm -> alarm.finding().field());
          }
        }
      }
    }
    return new Course(blamed, stopped);
  }

  private static DriftWatch.Step step(
      DriftWatch watch, DriftWatch.State state, Passage passage, int row) {
    return passage
        .decisions()
        .get(row)
        .map(decision -> watch.step(state, decision.evidence().record(), 0, heldIn(decision)))
        .orElseGet(() -> new DriftWatch.Step(state, Optional.empty()));
  }

  private static Optional<String> heldIn(Decision decision) {
    return decision.route() == Route.HELD ? Optional.of(decision.batch().id()) : Optional.empty();
  }
}
