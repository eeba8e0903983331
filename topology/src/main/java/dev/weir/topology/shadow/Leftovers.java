package dev.weir.topology.shadow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells which open parts can never become whole: the rest of them has expired, or was read before a
 * restart. The decisions of a part are one transaction, so those that are still missing lay before the
 * ends that all partitions had a while after its first decision was read; once all of that is read too,
 * nothing more of it will come. For one thread.
 *
 * <p>Without this such a part would hold back what {@link OpenParts#restart} tells for ever, and each
 * restart would read more.
 */
final class Leftovers {
  /** Far longer than the brokers need to mark a transaction as committed everywhere. */
  static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);

  private long opened;
  private long since;
  private Optional<Map<TopicPartition, Long>> ends = Optional.empty();

  /** @param now {@link System#nanoTime} */
  Leftovers(long now) {
    this.since = now;
  }

  /**
   * How many of the parts that were ever opened can be forgotten.
   *
   * @param now {@link System#nanoTime}
   * @param openedNow how many were ever opened
   * @param read what is read next, by partition
   * @param endsNow asks for the ends of all partitions
   * @return empty while it cannot be told
   */
  OptionalLong hopeless(
      long now,
      long openedNow,
      Map<TopicPartition, Long> read,
      Supplier<Map<TopicPartition, Long>> endsNow) {
    if (ends.isEmpty()) {
      if (now - since >= SETTLES_WITHIN.toNanos()) {
        ends = Optional.of(endsNow.get());
      }
      return OptionalLong.empty();
    }
    boolean isRead = ends.get().entrySet().stream()
        .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    if (!isRead) {
      return OptionalLong.empty();
    }
    OptionalLong hopeless = OptionalLong.of(opened);
    opened = openedNow;
    since = now;
    ends = Optional.empty();
    return hopeless;
  }
}
