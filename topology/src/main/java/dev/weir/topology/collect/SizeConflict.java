package dev.weir.topology.collect;

/**
 * Two records of a batch part announced different sizes.
 *
 * @param first the one that counts
 * @param other the first other one
 * @param offset of the record that announced it
 */
public record SizeConflict(int first, int other, long offset) {}
