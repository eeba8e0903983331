package dev.weir.topology.collect;

/** Whether a partition of the source has records that its task has not had yet. */
@FunctionalInterface
public interface Unread {
  /** Everything has been read; where nobody can tell, time alone closes batches. */
  Unread NOTHING = (partition, offset) -> false;

  /**
   * Whether there are records beyond an offset.
   *
   * @param offset of the last record that the task has had; −1 before the first
   */
  boolean isBeyond(int partition, long offset);

  /** A task has taken over a partition: what was known of it is void. */
  default void assigned(int partition) {}
}
