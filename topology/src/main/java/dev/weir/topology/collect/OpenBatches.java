package dev.weir.topology.collect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of one partition's open batches, the idlest and the oldest first. For one thread.
 *
 * <p>Finding, adding and taking out are O(1), and who looks for batches to close begins at the front
 * of an order and stops at the first that stays: a tick costs what it closes, not what is open.
 */
final class OpenBatches {
  private final Map<String, BatchState> idlest = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, BatchState> oldest = new LinkedHashMap<>();
  private long records;
  private long bytes;

  Optional<BatchState> find(String id) {
    return Optional.ofNullable(oldest.get(id));
  }

  /** Adds a batch, or what it has become by its last record. */
  void put(BatchState batch) {
    BatchState before = oldest.put(batch.id(), batch);
    idlest.put(batch.id(), batch);
    records += batch.count() - (before == null ? 0 : before.count());
    bytes += batch.heldBytes() - (before == null ? 0 : before.heldBytes());
  }

  void remove(String id) {
    BatchState removed = oldest.remove(id);
    idlest.remove(id);
    if (removed != null) {
      records -= removed.count();
      bytes -= removed.heldBytes();
    }
  }

  int size() {
    return oldest.size();
  }

  long records() {
    return records;
  }

  /** What they hold on the heap; see {@link BatchState#heldBytes}. */
  long bytes() {
    return bytes;
  }

  /** By the time of their last record; must not be changed meanwhile. */
  Collection<BatchState> idlestFirst() {
    return idlest.values();
  }

  /** By the time of their first record; must not be changed meanwhile. */
  Collection<BatchState> oldestFirst() {
    return oldest.values();
  }
}
