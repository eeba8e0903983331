package dev.weir.topology.shadow;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.schemas.wire.LoggedDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All decisions on one batch part, in batch order.
 *
 * @param decisions at least one
 */
record LoggedPart(List<LoggedDecision> decisions) {
  LoggedPart {
    decisions = decisions.stream()
        .sorted(Comparator.comparingLong(decision -> decision.source().offset()))
        .toList();
  }

  private LoggedDecision first() {
    return decisions.get(0);
  }

  BatchStamp batch() {
    return first().batch();
  }

  /** The release that decided it. */
  ReleaseStamp release() {
    return first().side().release();
  }

  /**
   * Where a shadow would have decided otherwise. What the log has erased counts as missing, and each
   * difference says so.
   *
   * @throws IllegalArgumentException if the shadow's domain takes one of the records for invalid
   */
  List<ShadowDifference> differences(Release shadow) {
    Batch batch = batch(shadow.gate().bundle().definition().domain());
    Gate.Outcome outcome =
        shadow.decide(Controls.of(first().controls()), batch, release().book());
    List<ShadowDifference> differences = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      LoggedDecision active = decisions.get(i);
      ShadowDifference.Side other = ShadowDifference.Side.of(outcome.decisions().get(i));
      if (!active.side().decidesLike(other)) {
        differences.add(new ShadowDifference(
            active.recordId(),
            active.batch(),
            active.source(),
            active.eventTime(),
            active.side(),
            other,
            unseen(active)));
      }
    }
    return differences;
  }

  /* A hash stands where the value would; what is erased is not there. */
  private static List<String> unseen(LoggedDecision decision) {
    return decision.masked().stream()
        .filter(field -> !decision.raw().containsKey(field))
        .toList();
  }

  private Batch batch(Domain domain) {
    RecordParser parser = new RecordParser(domain);
    List<Batch.Member> members = new ArrayList<>();
    for (LoggedDecision decision : decisions) {
      if (!(parser.typed(decision.raw()::get, decision.imputed()) instanceof RawRecord record)) {
        throw new IllegalArgumentException("record " + decision.recordId()
            + " is invalid for the shadow's domain: "
            + parser.typed(decision.raw()::get, decision.imputed()));
      }
      members.add(new Batch.Member(record, decision.source(), decision.eventTime()));
    }
    return new Batch(
        batch().id(),
        batch().part(),
        batch().closeReason(),
        members,
        batch().rejected(),
        batch().latest());
  }
}
