package dev.weir.gating.decision;

import java.util.Optional;

/**
 * The batch part a decision belongs to.
 *
 * @param part offset of the part's first record
 * @param size records in it, rejected ones included
 * @param rejected how many were invalid
 * @param fragileFraction share of fragile or invalid records
 * @param latest the largest timestamp of its records, rejected ones included, epoch milliseconds;
 *     the release was chosen by it
 * @param drift how far it lies from training; empty where the policy does not ask, or not of so
 *     small a batch
 */
public record BatchStamp(
    String id,
    long part,
    int size,
    int rejected,
    double fragileFraction,
    CloseReason closeReason,
    long latest,
    Optional<DriftFinding> drift) {
  /** A part that was not compared with training. */
  public BatchStamp(
      String id,
      long part,
      int size,
      int rejected,
      double fragileFraction,
      CloseReason closeReason,
      long latest) {
    this(id, part, size, rejected, fragileFraction, closeReason, latest, Optional.empty());
  }
}
