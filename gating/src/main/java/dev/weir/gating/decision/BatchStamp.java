package dev.weir.gating.decision;

/**
 * The batch part a decision belongs to.
 *
 * @param part offset of the part's first record
 * @param size records in it, rejected ones included
 * @param rejected how many were invalid
 * @param fragileFraction share of fragile or invalid records
 * @param latest the largest timestamp of its records, rejected ones included, epoch milliseconds;
 *     the release was chosen by it
 */
public record BatchStamp(
    String id,
    long part,
    int size,
    int rejected,
    double fragileFraction,
    CloseReason closeReason,
    long latest) {}
