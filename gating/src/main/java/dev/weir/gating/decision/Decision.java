package dev.weir.gating.decision;

import dev.weir.model.feature.Evidence;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.List;
import java.util.Optional;

/**
 * The outcome for one record, with full provenance (gate.md §12).
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 * @param flags the names of all true flags, the policy's own included
 * @param unknownFlags the names of the unknown ones
 * @param sources the manifest that contributions follow
 * @param route where the record goes
 * @param blind present iff the accepted record is reviewed blind
 */
public record Decision(
    BatchStamp batch,
    Position source,
    long eventTime,
    Evidence evidence,
    List<String> flags,
    List<String> unknownFlags,
    List<String> sources,
    Score score,
    SlicePrior prior,
    Judgement judgement,
    Route route,
    Optional<BlindSample> blind,
    ReleaseStamp release,
    ControlStamp controls) {
  /** Which engine decided, as a decision carries it. */
  public static final String ENGINE = "weir 0.1.0";

  public Decision {
    flags = List.copyOf(flags);
    unknownFlags = List.copyOf(unknownFlags);
    sources = List.copyOf(sources);
  }

  public String recordId() {
    return evidence.record().id();
  }
}
