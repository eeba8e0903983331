package dev.weir.model.bundle;

import dev.weir.model.feature.EvidenceSheet;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.ScoreSheet;

/**
 * What a bundle says of one record, in a sheet that {@link Bundle#read} fills in again for every
 * record. For one thread; it must be the bundle's own, see {@link Bundle#sheet}.
 */
public final class RecordSheet {
  final EvidenceSheet evidence;
  final StringBuilder spelled = new StringBuilder();
  final ScoreSheet score;
  SlicePrior prior;

  RecordSheet(EvidenceSheet evidence, SlicePrior prior, ScoreSheet score) {
    this.evidence = evidence;
    this.prior = prior;
    this.score = score;
  }

  /** Filled in again by the next reading. */
  public EvidenceSheet evidence() {
    return evidence;
  }

  /** Immutable. */
  public SlicePrior prior() {
    return prior;
  }

  /** Filled in again by the next reading. */
  public ScoreSheet score() {
    return score;
  }
}
