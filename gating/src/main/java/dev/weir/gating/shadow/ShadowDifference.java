package dev.weir.gating.shadow;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record on which a shadow release decides otherwise than the active one (gate.md §11). It is
 * told, never routed.
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 * @param masked fields that the shadow could not see, because the decision log has them erased: they
 *     count as missing
 */
public record ShadowDifference(
    String recordId,
    BatchStamp batch,
    Position source,
    long eventTime,
    Side active,
    Side shadow,
    List<String> masked) {
  public ShadowDifference {
    masked = List.copyOf(masked);
  }

  /** What one of the two decided. */
  public record Side(
      ReleaseStamp release,
      Route route,
      Route recordRoute,
      boolean predicted,
      double probability,
      Set<Reason> reasons) {
    public Side {
      reasons = Reasons.copyOf(reasons);
    }

    /** What a decision decided. */
    public static Side of(Decision decision) {
      return new Side(
          decision.release(),
          decision.route(),
          decision.judgement().route(),
          decision.judgement().predicted(),
          decision.judgement().probability(),
          decision.judgement().reasons());
    }

    /** Whether the two decided the same, whatever moved below it. */
    public boolean decidesLike(Side other) {
      return route == other.route
          && recordRoute == other.recordRoute
          && predicted == other.predicted
          && reasons.equals(other.reasons);
    }
  }

  /** The difference between two decisions of one record, if there is any. */
  static Optional<ShadowDifference> between(Decision active, Decision shadow) {
    Side one = Side.of(active);
    Side other = Side.of(shadow);
    return one.decidesLike(other)
        ? Optional.empty()
        : Optional.of(new ShadowDifference(
            active.recordId(),
            active.batch(),
            active.source(),
            active.eventTime(),
            one,
            other,
            List.of()));
  }
}
