package dev.weir.lab.evaluate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One corruption at one strength, in batches of one size.
 *
 * @param corruption its name
 * @param point what the thresholds are set for; empty for the policy as it is
 * @param received records inside the incident, invalid ones included
 * @param hit how many of them are not what should have come
 * @param gate what the gate does
 * @param plain what plain confidence does, with the threshold that gives the gate's coverage on clean rows
 * @param cleanError plain confidence's error among the accepted on clean rows
 * @param held records in held batches
 * @param watched what the gate does with a watch across its batches beside it
 * @param repaired what becomes of the records that come after the watch's order
 * @param early wrong auto-accepts near the beginning
 * @param caughtBy of the hit records that plain confidence accepts and the gate does not, the share by what stopped
 *     them: {@code HOLD}, a reason, or {@code INVALID}
 * @param raised by flag, the share of hit records of which it is true and was not before
 */
public record Incident(
    String family,
    String corruption,
    String strength,
    String point,
    String batching,
    int received,
    int hit,
    Accepted gate,
    Accepted plain,
    double cleanError,
    int held,
    Watched watched,
    Repaired repaired,
    Early early,
    Map<String, Double> caughtBy,
    Map<String, Double> raised) {
  private static final double HARMLESS_BELOW = 1.1;
  private static final double PER = 1_000;

  /** How many records of each stream are its beginning. */
  public static final int BEGINNING = 500;

  public Incident {
    // In the order of names: Map.copyOf has another in every process, and figures are written as
    // they stand.
    caughtBy = Collections.unmodifiableMap(new TreeMap<>(caughtBy));
    raised = Collections.unmodifiableMap(new TreeMap<>(raised));
  }

  /** Records accepted, and how many of those were wrong. */
  public record Accepted(int records, int wrong) {
    static final Accepted NONE = new Accepted(0, 0);

    Accepted plus(Accepted other) {
      return new Accepted(records + other.records, wrong + other.wrong);
    }

    /** Errors among the accepted; 0 without any. */
    public double error() {
      return records == 0 ? 0 : wrong / (double) records;
    }
  }

  /**
   * A gate that is stopped once its watch has noticed.
   *
   * @param stopped records in held batches, or decided after the stop
   * @param streams one per arm
   * @param ordered in how many of them a stop was ordered
   */
  public record Watched(Accepted accepted, int stopped, int streams, int ordered) {}

  /**
   * Records after the watch's order, had nobody stopped, holds left aside: decided as they came, and without the field
   * that the order names. Empty where the order names the id, or repair was not asked for.
   */
  public record Repaired(int received, Accepted asTheyCame, Accepted withoutTheField) {
    static final Repaired NONE = new Repaired(0, Accepted.NONE, Accepted.NONE);

    Repaired plus(Repaired other) {
      return new Repaired(
          received + other.received,
          asTheyCame.plus(other.asTheyCame),
          withoutTheField.plus(other.withoutTheField));
    }
  }

  /** Wrong auto-accepts among the first {@value #BEGINNING} records of each stream, {@code received} in all. */
  public record Early(int received, int plain, int gate, int watched) {}

  /** Wrong auto-accepts of the gate per 1,000 records received. */
  public double gateWrong() {
    return received == 0 ? 0 : PER * gate.wrong() / received;
  }

  /** The same of plain confidence. */
  public double plainWrong() {
    return received == 0 ? 0 : PER * plain.wrong() / received;
  }

  /** The same of the gate with its watch. */
  public double watchedWrong() {
    return received == 0 ? 0 : PER * watched.accepted().wrong() / received;
  }

  /** Whether plain confidence errs less than 1.1 times as often as on clean rows, so that nothing should be held. */
  public boolean isHarmless() {
    return plain.error() < HARMLESS_BELOW * cleanError;
  }

  /** The share of records in held batches. */
  public double heldShare() {
    return received == 0 ? 0 : held / (double) received;
  }
}
