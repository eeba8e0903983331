package dev.weir.operations.topic;

/**
 * How large new topics are made.
 *
 * @param partitions of the topics that carry records and decisions
 * @param replicationFactor of every topic
 */
public record TopicSizes(int partitions, int replicationFactor) {
  private static final int PARTITIONS_MAX = 10_000;

  public TopicSizes {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new IllegalArgumentException(
          "partitions " + partitions + " is outside [1, " + PARTITIONS_MAX + "]");
    }
    if (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "replicationFactor " + replicationFactor + " is outside [1, " + Short.MAX_VALUE + "]");
    }
  }
}
