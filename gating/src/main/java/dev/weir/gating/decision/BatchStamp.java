package dev.weir.gating.decision;

/**
 * The batch part a decision belongs to.
 *
 * @param part offset of the part's first record
 * @param size records in it, rejected ones included
 * @param rejected how many were invalid
 * @param fragileFraction share of fragile or invalid records
 */
public record BatchStamp(
    String id,
    long part,
    int size,
    int rejected,
    double fragileFraction,
    CloseReason closeReason) {}
