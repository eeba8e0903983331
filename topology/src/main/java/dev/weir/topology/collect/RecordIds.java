package dev.weir.topology.collect;

import java.util.Optional;

/**
 * Finds the id in a raw record; empty if it cannot be read, for a record that is rejected later. For
 * one thread.
 */
@FunctionalInterface
public interface RecordIds {
  /** Nobody asks, since nothing is deduped. */
  RecordIds NONE = record -> Optional.empty();

  Optional<String> of(Received record);
}
