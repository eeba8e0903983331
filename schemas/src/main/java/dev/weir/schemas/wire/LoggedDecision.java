package dev.weir.schemas.wire;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.Decision;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A decision read back from the log, as far as another release needs it to decide the record again.
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 * @param raw the values as received; a masked or missing one is absent
 * @param imputed the fields that upstream imputed
 * @param masked the fields whose values the log does not have as received
 * @param side what was decided
 */
public record LoggedDecision(
    String recordId,
    BatchStamp batch,
    Position source,
    long eventTime,
    Map<String, Object> raw,
    List<String> imputed,
    List<String> masked,
    ControlStamp controls,
    ShadowDifference.Side side) {
  public LoggedDecision {
    raw = Map.copyOf(raw);
    imputed = List.copyOf(imputed);
    masked = List.copyOf(masked);
  }

  /**
   * Reads a decision back.
   *
   * @throws IllegalArgumentException if it was not decided (ENGINE_FAULT), or a newer version wrote
   *     what this one does not know
   */
  public static LoggedDecision of(Decision decision) {
    if (decision.getPredicted() == null || decision.getProbability() == null) {
      throw new IllegalArgumentException(decision.getRecordId() + " was not decided");
    }
    return new LoggedDecision(
        decision.getRecordId(),
        batch(decision.getBatch()),
        new Position(
            decision.getSource().getTopic(),
            decision.getSource().getPartition(),
            decision.getSource().getOffset()),
        decision.getEventTime(),
        new HashMap<>(decision.getRaw()),
        decision.getImputed(),
        decision.getMasked(),
        new ControlStamp(
            Stamps.unboxed(decision.getControls().getOffset()),
            decision.getControls().getActive()),
        new ShadowDifference.Side(
            Stamps.release(decision.getRelease()),
            Symbols.known(Route.class, decision.getRoute()),
            Symbols.known(Route.class, decision.getRecordRoute()),
            decision.getPredicted(),
            decision.getProbability(),
            reasons(decision)));
  }

  private static BatchStamp batch(BatchPart part) {
    Long latest = part.getLatest();
    if (latest == null) {
      throw new IllegalArgumentException("batch " + part.getId() + " does not tell its time");
    }
    return new BatchStamp(
        part.getId(),
        part.getPart(),
        part.getSize(),
        part.getRejected(),
        part.getFragileFraction(),
        Symbols.known(CloseReason.class, part.getCloseReason()),
        latest,
        Optional.ofNullable(part.getDrift())
            .map(drift -> new DriftFinding(
                drift.getRecords(),
                drift.getStatistic(),
                drift.getField(),
                drift.getZ(),
                drift.getThreshold())));
  }

  private static Set<Reason> reasons(Decision decision) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    decision.getReasons().forEach(reason -> reasons.add(Symbols.known(Reason.class, reason)));
    return reasons;
  }
}
