package dev.weir.schemas.wire;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.ReleaseUsed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads the input of {@code decide} back from what the topics carry of one batch part. */
public final class PartReader {
  private static final Set<Reason> OF_THE_MOMENT =
      EnumSet.of(Reason.POLICY_EXPIRED, Reason.NO_RELEASE_YET);

  private final RecordParser parser;

  /** @param domain of the records */
  public PartReader(Domain domain) {
    this.parser = new RecordParser(domain);
  }

  /**
   * A whole part.
   *
   * @param decisions in batch order; at least one
   * @throws IllegalArgumentException if what they carry is no batch of the domain's records
   */
  public RecordedPart read(List<Decision> decisions) {
    List<Batch.Member> members = new ArrayList<>(decisions.size());
    decisions.forEach(decision -> members.add(member(decision)));
    Decision first = decisions.get(0);
    BatchPart batch = first.getBatch();
    Set<Reason> ofTheMoment = EnumSet.noneOf(Reason.class);
    first.getReasons().forEach(reason -> ofTheMoment.add(Reason.valueOf(reason.name())));
    ofTheMoment.retainAll(OF_THE_MOMENT);
    ReleaseUsed release = first.getRelease();
    return new RecordedPart(
        new Batch(
            batch.getId(),
            batch.getPart(),
            CloseReason.valueOf(batch.getCloseReason().name()),
            members,
            batch.getRejected(),
            Objects.requireNonNullElse(batch.getLatest(), first.getEventTime())),
        Controls.of(new ControlStamp(
            Stamps.unboxed(first.getControls().getOffset()), first.getControls().getActive())),
        ofTheMoment,
        new RecordedPart.ReleaseName(
            release.getScope(),
            release.getVersion(),
            release.getEpoch(),
            Stamps.unboxed(release.getBook())));
  }

  private Batch.Member member(Decision decision) {
    Parsed parsed = parser.typed(decision.getRaw()::get, decision.getImputed());
    if (!(parsed instanceof RawRecord record)) {
      throw new IllegalArgumentException(
          decision.getRecordId() + ": raw values are invalid: " + parsed);
    }
    return new Batch.Member(
        record,
        new Position(
            decision.getSource().getTopic(),
            decision.getSource().getPartition(),
            decision.getSource().getOffset()),
        decision.getEventTime());
  }
}
