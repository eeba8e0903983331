package dev.weir.topology.app;

import dev.weir.topology.collect.Unread;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * How far an instance's consumers have come in the source topic, noted after each poll.
 *
 * <p>Unread is what a consumer has handed over and its task has not had, and what the broker had
 * beyond that when it last answered a fetch ({@link Consumer#currentLag}, which asks nobody). The
 * lag ends before the first open transaction and does not count markers of transactions, so a
 * partition whose log ends in them is read to its end. Where nothing is known, records may be unread.
 */
final class FetchProgress implements Unread {
  private static final long NOTHING = -1;

  private final String topic;
  private final Map<Integer, Position> positions = new ConcurrentHashMap<>();

  /**
   * @param handedOver the largest offset that a poll has given, or −1
   * @param hasMore whether the broker had records beyond the last poll, or may have
   */
  private record Position(long handedOver, boolean hasMore) {}

  FetchProgress(String topic) {
    this.topic = topic;
  }

  /** Notes what a poll gave. To be called by the thread that polled. */
  void polled(Consumer<?, ?> consumer, ConsumerRecords<?, ?> records) {
    for (TopicPartition partition : consumer.assignment()) {
      if (partition.topic().equals(topic)) {
        OptionalLong lag = consumer.currentLag(partition);
        Position now = new Position(last(records, partition), lag.orElse(1) > 0);
        positions.merge(
            partition.partition(),
            now,
            (before, polled) ->
                new Position(Math.max(before.handedOver(), polled.handedOver()), polled.hasMore()));
      }
    }
  }

  private static long last(ConsumerRecords<?, ?> records, TopicPartition partition) {
    long last = NOTHING;
    for (ConsumerRecord<?, ?> record : records.records(partition)) {
      last = record.offset();
    }
    return last;
  }

  @Override
  public boolean isBeyond(int partition, long offset) {
    Position position = positions.get(partition);
    return position == null || position.hasMore() || position.handedOver() > offset;
  }

  @Override
  public void assigned(int partition) {
    positions.remove(partition);
  }
}
