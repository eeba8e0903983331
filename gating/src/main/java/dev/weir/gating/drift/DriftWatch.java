package dev.weir.gating.drift;

import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.gate.DriftCheck;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.DriftTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notices, across batches of any size, that a stream no longer looks like training: a fold over the
 * records of the decision log, which compares windows of the last 25, 100 and 500 records as a
 * batch of that size is compared.
 *
 * <p>Windows are made of blocks of {@value #BLOCK} records; one of 25 is compared at the end of every
 * block, one of 100 after each fourth, one of 500 after each twentieth, so that no record counts in
 * two windows of one size. The alarm is raised when the largest |z| exceeds {@link
 * Settings#margin} times the window's threshold. Then nothing is raised again, and no record is kept, until the
 * order has been {@linkplain #lifted lifted}: what came before counts no more. Blocks older
 * than {@link Settings#ageMsMax} are forgotten, so that a slow stream is not compared as one.
 */
public final class DriftWatch {
  /** How many records a block has; the smallest window. */
  public static final int BLOCK = 25;

  /** How many of the last records are compared, each number on its own. */
  public static final List<Integer> WINDOWS = List.of(25, 100, 500);

  private static final int BLOCKS_MAX = 20;

  private final DriftTable table;
  private final Settings settings;

  /** @throws IllegalArgumentException if the bundle has no table for windows of {@value #BLOCK} */
  public DriftWatch(DriftTable table, Settings settings) {
    this.table = table;
    this.settings = settings;
    if (table.recordsMin() > BLOCK) {
      throw new IllegalArgumentException("the bundle cannot tell what " + BLOCK
          + " ordinary records look like; train it with at least 200 rows");
    }
  }

  /**
   * When to raise an alarm.
   *
   * @param falseAlarms the share of ordinary windows above the threshold, as in a policy
   * @param margin how many times the threshold, at least 1: a watch compares without end, so a
   *     share per window alone would raise for ever
   * @param ageMsMax how old the oldest record of a window may be, against the newest, in event time
   */
  public record Settings(double falseAlarms, double margin, long ageMsMax) {
    /** The settings of {@code weir watch}. */
    public static final Settings DEFAULTS = new Settings(0.002, 1.2, 86_400_000);

    public Settings {
      double low = DriftTable.FALSE_ALARMS.get(DriftTable.FALSE_ALARMS.size() - 1);
      double high = DriftTable.FALSE_ALARMS.get(0);
      if (!(falseAlarms >= low && falseAlarms <= high)) {
        throw new IllegalArgumentException(
            "falseAlarms " + falseAlarms + " is outside [" + low + ", " + high + "]");
      }
      if (!(margin >= 1) || ageMsMax < 1) {
        throw new IllegalArgumentException(
            "margin " + margin + " and ageMsMax " + ageMsMax + " must both be at least 1");
      }
    }
  }

  /** What the watch remembers; immutable. */
  public static final class State {
    private static final State EMPTY = new State(List.of(), 0, List.of(), 0, false);
    private static final State RAISED = new State(List.of(), 0, List.of(), 0, true);

    private final List<RawRecord> open;
    private final long openSince;
    private final List<Block> blocks;
    private final long closed;
    private final boolean raised;

    private State(
        List<RawRecord> open, long openSince, List<Block> blocks, long closed, boolean raised) {
      this.open = open;
      this.openSince = openSince;
      this.blocks = blocks;
      this.closed = closed;
      this.raised = raised;
    }

    /** Whether an alarm was raised and not yet lifted. */
    public boolean isRaised() {
      return raised;
    }
  }

  /** A tally that nobody adds to any more, and the time of its first record. */
  private record Block(DriftTally tally, long since) {}

  /** A new state, and the alarm that it came with. */
  public record Step(State state, Optional<Alarm> alarm) {}

  /** A window that is too far from training. */
  public record Alarm(int window, DriftFinding finding) {
    /** One line for whoever reads the order. */
    public String text() {
      return "of the last %d records, %s of %s is %+.1f standard deviations from training"
          .formatted(window, finding.statistic(), finding.field(), finding.z());
    }
  }

  /** Nothing seen yet. */
  public State start() {
    return State.EMPTY;
  }

  /** While an order is in force, whoever gave it: there is nothing to raise. */
  public State ordered() {
    return State.RAISED;
  }

  /** After whoever lifted the order: the windows begin anew. */
  public State lifted() {
    return State.EMPTY;
  }

  /**
   * One more record of the log.
   *
   * @param time of its event, epoch milliseconds
   */
  public Step step(State state, RawRecord record, long time) {
    if (state.raised) {
      return new Step(state, Optional.empty());
    }
    List<RawRecord> open = new ArrayList<>(state.open);
    open.add(record);
    long since = state.open.isEmpty() ? time : state.openSince;
    if (open.size() < BLOCK) {
      return new Step(
          new State(List.copyOf(open), since, state.blocks, state.closed, false), Optional.empty());
    }
    DriftTally tally = table.tally();
    open.forEach(tally::add);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(tally, since));
    state.blocks.stream()
        .limit(BLOCKS_MAX - 1)
        .filter(block -> time - block.since() <= settings.ageMsMax())
        .forEach(blocks::add);
    long closed = state.closed + 1;
    Optional<Alarm> alarm = alarm(blocks, closed);
    return new Step(
        alarm.isPresent()
            ? State.RAISED
            : new State(List.of(), 0, List.copyOf(blocks), closed, false),
        alarm);
  }

  private Optional<Alarm> alarm(List<Block> blocks, long closed) {
    for (int window : WINDOWS) {
      int wanted = window / BLOCK;
      if (closed % wanted == 0 && blocks.size() >= wanted) {
        DriftTally tally = table.tally();
        blocks.subList(0, wanted).forEach(block -> tally.add(block.tally()));
        DriftFinding found = DriftCheck.farthest(table, tally, settings.falseAlarms());
        if (Math.abs(found.z()) > settings.margin() * found.threshold()) {
          return Optional.of(new Alarm(window, found));
        }
      }
    }
    return Optional.empty();
  }
}
