package dev.weir.gating.decision;

/**
 * The mark of an accepted decision that a person reviews without seeing it.
 *
 * @param rate the probability with which it was chosen, in (0, 1]
 */
public record BlindSample(double rate) {}
