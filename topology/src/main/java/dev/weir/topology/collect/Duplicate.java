package dev.weir.topology.collect;

/**
 * A record whose batch has had one of the same id; it counts in no batch.
 *
 * @param partition of the source topic
 * @param first offset of the record that counts
 */
public record Duplicate(int partition, String id, Received received, long first)
    implements Collected {
  @Override
  public long timestamp() {
    return received.timestamp();
  }
}
