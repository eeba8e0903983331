package dev.weir.schemas.wire;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.Decision;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision says of that which it was decided from, and where it went: all that is needed to
 * decide it again.
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 * @param raw the values as received; a masked or missing one is absent
 * @param isMasked whether some value is not as received
 * @param imputed the fields that upstream imputed
 * @param probability NaN after a fault
 */
public record DecisionInput(
    String recordId,
    Part batch,
    Position source,
    long eventTime,
    int semantics,
    String engine,
    Map<String, Object> raw,
    boolean isMasked,
    List<String> imputed,
    double probability,
    Route route,
    Set<Reason> reasons,
    ReleaseStamp release,
    ControlStamp controls,
    Optional<Fingerprint> batchSeal) {

  /**
   * The batch part.
   *
   * @param part offset of its first record
   * @param size records in it, rejected ones included
   * @param latest its largest timestamp, epoch milliseconds
   */
  public record Part(
      String id, long part, int size, int rejected, CloseReason closeReason, long latest) {}

  /**
   * The same of a decision that was read whole.
   *
   * @throws IllegalArgumentException if a newer version wrote what this one does not know
   */
  static DecisionInput of(Decision decision) {
    return new DecisionInput(
        decision.getRecordId(),
        part(decision.getBatch(), decision.getEventTime()),
        new Position(
            decision.getSource().getTopic(),
            decision.getSource().getPartition(),
            decision.getSource().getOffset()),
        decision.getEventTime(),
        decision.getSemantics(),
        decision.getEngine(),
        decision.getRaw(),
        !decision.getMasked().isEmpty(),
        decision.getImputed(),
        Objects.requireNonNullElse(decision.getProbability(), Double.NaN),
        Symbols.known(Route.class, decision.getRoute()),
        reasons(decision),
        Stamps.release(decision.getRelease()),
        new ControlStamp(
            Stamps.unboxed(decision.getControls().getOffset()),
            decision.getControls().getActive()),
        Stamps.fingerprint(decision.getBatchSeal()));
  }

  private static Part part(BatchPart part, long eventTime) {
    return new Part(
        part.getId(),
        part.getPart(),
        part.getSize(),
        part.getRejected(),
        Symbols.known(CloseReason.class, part.getCloseReason()),
        Objects.requireNonNullElse(part.getLatest(), eventTime));
  }

  private static Set<Reason> reasons(Decision decision) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    decision.getReasons().forEach(reason -> reasons.add(Symbols.known(Reason.class, reason)));
    return reasons;
  }
}
