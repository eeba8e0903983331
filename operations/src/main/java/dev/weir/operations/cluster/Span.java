package dev.weir.operations.cluster;

/**
 * A run of offsets of one partition.
 *
 * @param begin the first
 * @param end the first that is not in it
 */
public record Span(long begin, long end) {
  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return begin >= end;
  }

  /** Whether an offset is in it. */
  public boolean contains(long offset) {
    return begin <= offset && offset < end;
  }
}
