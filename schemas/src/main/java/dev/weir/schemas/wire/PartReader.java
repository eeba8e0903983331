package dev.weir.schemas.wire;

import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.List;

/** Reads the input of {@code decide} back from what the topics carry of one batch part. */
public final class PartReader {
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
  public RecordedPart read(List<DecisionInput> decisions) {
    List<Batch.Member> members = new ArrayList<>(decisions.size());
    decisions.forEach(decision -> members.add(member(decision)));
    DecisionInput first = decisions.get(0);
    DecisionInput.Part batch = first.batch();
    ReleaseStamp release = first.release();
    return new RecordedPart(
        new Batch(
            batch.id(),
            batch.part(),
            batch.closeReason(),
            members,
            batch.rejected(),
            batch.latest()),
        Controls.of(first.controls()),
        RecordedPart.ofTheMoment(first.reasons()),
        new RecordedPart.ReleaseName(
            release.scope(), release.version(), release.epoch(), release.book()));
  }

  private Batch.Member member(DecisionInput decision) {
    Parsed parsed = parser.typed(decision.raw()::get, decision.imputed());
    if (!(parsed instanceof RawRecord record)) {
      throw new IllegalArgumentException(
          decision.recordId() + ": raw values are invalid: " + parsed);
    }
    return new Batch.Member(record, decision.source(), decision.eventTime());
  }
}
