package dev.weir.gating.drift;

import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.gate.DriftCheck;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.DriftTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Notices, across batches of any size, that a stream no longer looks like training: a fold over the
 * records of the decision log, which compares windows of the last 25 to 500 records as a batch of that
 * size is compared.
 *
 * <p>Windows are made of blocks of {@value #BLOCK} records, and every window is compared at the end of
 * every block: a break that begins in the middle of 500 records need not wait for the next 500. The
 * alarm is raised when the largest |z| exceeds {@link Settings#margin} times the window's threshold.
 * Then nothing is raised again, and no record is kept, until the order has been {@linkplain #lifted
 * lifted}: what came before counts no more. Blocks older than {@link Settings#ageMsMax} are forgotten,
 * so that a slow stream is not compared as one.
 *
 * <p>One thing a window has that a batch has not: how many of its records came a second time, id and
 * values alike, among those still remembered. Training has none, so the share p̂ of m records is z =
 * 2·asin √p̂·√m, and seven of any window are too many.
 *
 * <p>A held batch is for whoever decides it, and stops no stream alone: its records count if another
 * held batch had one among the last {@value #TOGETHER}.
 */
public final class DriftWatch {
  /** How many records a block has; the smallest window. */
  public static final int BLOCK = 25;

  /** How many of the last records are compared, each number on its own. */
  public static final List<Integer> WINDOWS = List.of(25, 50, 100, 200, 500);

  /** Held batches that are no further apart are taken together. */
  public static final int TOGETHER = 500;

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
    public static final Settings DEFAULTS = new Settings(0.002, 1.25, 86_400_000);

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
    private static final State EMPTY = new State(List.of(), 0, List.of(), Held.NONE, false);
    private static final State RAISED = new State(List.of(), 0, List.of(), Held.NONE, true);

    private final List<RawRecord> open;
    private final long openSince;
    private final List<Block> blocks;
    private final Held held;
    private final boolean raised;

    private State(
        List<RawRecord> open, long openSince, List<Block> blocks, Held held, boolean raised) {
      this.open = open;
      this.openSince = openSince;
      this.blocks = blocks;
      this.held = held;
      this.raised = raised;
    }

    /** Whether an alarm was raised and not yet lifted. */
    public boolean isRaised() {
      return raised;
    }
  }

  /**
   * The held batches seen last.
   *
   * @param batch that had the newest record of a held batch; empty before any
   * @param since records that have come since that
   * @param sinceOther records that have come since the newest of any other held batch
   */
  private record Held(String batch, int since, int sinceOther) {
    static final Held NONE = new Held("", TOGETHER + 1, TOGETHER + 1);

    Held then(Optional<String> next) {
      int later = Math.min(TOGETHER, since) + 1;
      int otherLater = Math.min(TOGETHER, sinceOther) + 1;
      return next.isEmpty()
          ? new Held(batch, later, otherLater)
          : next.get().equals(batch)
              ? new Held(batch, 0, otherLater)
              : new Held(next.get(), 0, later);
    }

    boolean isOneOfSeveral() {
      return sinceOther <= TOGETHER;
    }
  }

  /**
   * Records that nobody adds to any more.
   *
   * @param since the time of the first
   * @param records by id
   * @param repeated how many came a second time
   */
  private record Block(DriftTally tally, long since, Map<String, RawRecord> records, int repeated) {
    boolean has(RawRecord record) {
      RawRecord same = records.get(record.id());
      return same != null && record.isRepeatOf(same);
    }
  }

  /** A new state, and the alarm that it came with. */
  public record Step(State state, Optional<Alarm> alarm) {}

  /** A window that is too far from training. */
  public record Alarm(int window, DriftFinding finding) {
    /** One line for whoever reads the order. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "of the last %d records, %s of %s is %+.1f standard deviations from training",
          window,
          finding.statistic(),
          finding.field(),
          finding.z());
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
   * @param heldIn the batch that it is held with, by a name that no other has
   */
  public Step step(State state, RawRecord record, long time, Optional<String> heldIn) {
    if (state.raised) {
      return new Step(state, Optional.empty());
    }
    Held held = state.held.then(heldIn);
    if (heldIn.isPresent() && !held.isOneOfSeveral()) {
      return new Step(
          new State(state.open, state.openSince, state.blocks, held, false), Optional.empty());
    }
    boolean isNew = state.open.isEmpty() || time - state.openSince > settings.ageMsMax();
    List<RawRecord> open = new ArrayList<>(isNew ? List.of() : state.open);
    open.add(record);
    long since = isNew ? time : state.openSince;
    if (open.size() < BLOCK) {
      return new Step(
          new State(List.copyOf(open), since, state.blocks, held, false), Optional.empty());
    }
    List<Block> before = state.blocks.stream()
        .limit(BLOCKS_MAX - 1)
        .filter(block -> time - block.since() <= settings.ageMsMax())
        .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(block(open, since, before));
    blocks.addAll(before);
    Optional<Alarm> alarm = alarm(blocks);
    return new Step(
        alarm.isPresent()
            ? State.RAISED
            : new State(List.of(), 0, List.copyOf(blocks), held, false),
        alarm);
  }

  private Block block(List<RawRecord> records, long since, List<Block> before) {
    DriftTally tally = table.tally();
    Map<String, RawRecord> byId = new HashMap<>();
    int repeated = 0;
    for (RawRecord record : records) {
      tally.add(record);
      RawRecord same = byId.put(record.id(), record);
      boolean isRepeat = same != null && record.isRepeatOf(same)
          || before.stream().anyMatch(block -> block.has(record));
      repeated += isRepeat ? 1 : 0;
    }
    return new Block(tally, since, byId, repeated);
  }

  private Optional<Alarm> alarm(List<Block> blocks) {
    DriftTally tally = table.tally();
    int repeated = 0;
    for (Block block : blocks) {
      tally.add(block.tally());
      repeated += block.repeated();
      if (WINDOWS.contains(tally.records())) {
        DriftFinding found = farthest(tally, repeated, block);
        if (Math.abs(found.z()) > settings.margin() * found.threshold()) {
          return Optional.of(new Alarm(tally.records(), found));
        }
      }
    }
    return Optional.empty();
  }

  private DriftFinding farthest(DriftTally tally, int repeated, Block any) {
    DriftFinding found = DriftCheck.farthest(table, tally, settings.falseAlarms());
    int records = tally.records();
    double z = 2 * StrictMath.asin(Math.sqrt(repeated / (double) records)) * Math.sqrt(records);
    if (z <= Math.abs(found.z())) {
      return found;
    }
    Domain domain = any.records().values().iterator().next().domain();
    String id = domain.fields().get(domain.idField()).name();
    return new DriftFinding(records, "repeated(" + id + ")", id, z, found.threshold());
  }
}
