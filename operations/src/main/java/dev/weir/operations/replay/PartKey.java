package dev.weir.operations.replay;

/**
 * Which batch part a decision or a dead letter belongs to. An offset names a record within its
 * partition only.
 */
record PartKey(String topic, int partition, String batch, long part) {
  @Override
  public String toString() {
    return batch + "#" + part + "@" + topic + "-" + partition;
  }
}
