package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a topic ends and how far a group has come, by partition. */
final class Offsets {
  private Offsets() {}

  static Map<TopicPartition, Long> ends(Admin admin, String topic) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < Application.PARTITIONS; partition++) {
      asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    Cluster.await(admin.listOffsets(asked).all(), "listing offsets")
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  static Map<TopicPartition, Long> committed(Admin admin, String group) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    Cluster.await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
            "listing the offsets of " + group)
        .forEach((partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }
}
