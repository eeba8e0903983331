package dev.weir.operations.replay;

import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.Domain;
import java.util.List;

/** Reads the parts of a log in the form that it has. For one thread. */
sealed interface LogForm permits WireForm, LineForm {
  /**
   * What a part says of itself.
   *
   * @param release that decided
   * @param isFault whether nothing could be decided
   * @param isMasked whether received values were erased
   */
  record Heading(
      ReleaseStamp release, int semantics, String engine, boolean isFault, boolean isMasked) {}

  /** What it says of one decision, for people. */
  record Said(String recordId, String route, double probability) {}

  Heading heading(LoggedPart part);

  /**
   * The input that the part was decided from.
   *
   * @throws IllegalArgumentException if it is no batch of the domain's records
   */
  RecordedPart read(LoggedPart part, Domain domain);

  List<Said> said(LoggedPart part);

  /**
   * Which decisions of a part came out as recorded, their seals included.
   *
   * @param again as many decisions as the part has
   */
  boolean[] same(LoggedPart part, SealedBatch again);

  /** Whether every decision of the part carries the root over all seals. */
  boolean hasRoot(LoggedPart part, SealedBatch again);
}
