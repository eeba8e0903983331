package dev.weir.operations.watch;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Decisions from several partitions of several topics, back in the order of the records that they are
 * about. For one thread.
 *
 * <p>A gate parts the records of one source over topics and partitions, and a reader gets a stretch of
 * one, then a stretch of another: what was accepted first, say, and what was audited between only then.
 * So a decision waits until nothing earlier of its source can come: every other partition has a later
 * one of that source waiting, or has been read to where it ended after this decision could be read. By
 * then all that was decided before it has been written, since a transaction is committed after all of
 * it is. Of what need not wait the earliest event comes first.
 *
 * <p>Within a source partition, offsets come in ascending order, whatever the reader gets first, except
 * where records of one batch were decided later than those after them. Between source partitions the
 * order is that of event times as far as they have been read.
 *
 * <p>A full partition is not to be read on. Where the earliest decisions of all sources wait for full
 * partitions, which no reading would end, the earliest event goes on without waiting; partitions would
 * have to have thousands of records of different sources each for that.
 *
 * @param <T> what is ordered
 */
final class DecisionMerge<T> {
  private final int waitingMax;
  private final Map<TopicPartition, Log> logs = new HashMap<>();
  private final Map<Integer, PriorityQueue<Waiting<T>>> sources = new TreeMap<>();
  private long mark;

  /**
   * Where a decision's record stands.
   *
   * @param time of its event, epoch milliseconds
   * @param partition of the source topic
   */
  record Place(long time, int partition, long offset) {
    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::time)
        .thenComparingInt(Place::partition)
        .thenComparingLong(Place::offset);
  }

  private record Waiting<T>(TopicPartition from, Place place, long mark, T value) {}

  /** What is known of one partition of decisions. */
  private static final class Log {
    private final Map<Integer, Integer> bySource = new HashMap<>();
    private int waiting;
    private long passed = -1;

    private void change(int source, int by) {
      bySource.merge(source, by, Integer::sum);
      waiting += by;
    }

    private boolean canBringEarlier(Waiting<?> head) {
      return passed < head.mark() && bySource.getOrDefault(head.place().partition(), 0) == 0;
    }
  }

  /**
   * @param partitions that decisions are read from
   * @param waitingMax so many wait of one partition before it is {@linkplain #isFull full}
   */
  DecisionMerge(Collection<TopicPartition> partitions, int waitingMax) {
    this.waitingMax = waitingMax;
    partitions.forEach(this::reads);
  }

  /** From here on decisions are read from a further partition too, which has just come to be. */
  void reads(TopicPartition more) {
    logs.put(more, new Log());
  }

  /** Takes the next decision of a partition. */
  void add(TopicPartition from, Place place, T value) {
    sources
        .computeIfAbsent(
            place.partition(),
            source -> new PriorityQueue<>(
                Comparator.comparingLong(waiting -> waiting.place().offset())))
        .add(new Waiting<>(from, place, mark, value));
    log(from).change(place.partition(), 1);
  }

  /** A mark after all that was added before. Ask where partitions end after this, not before. */
  long mark() {
    return mark++;
  }

  /** A partition has been read to where it ended after the mark was given. */
  void passed(TopicPartition log, long mark) {
    log(log).passed = mark;
  }

  /** Whether a partition is to be left alone until some of it has gone on. */
  boolean isFull(TopicPartition log) {
    return log(log).waiting >= waitingMax;
  }

  /** Whether anything waits. */
  boolean isWaiting() {
    return logs.values().stream().anyMatch(log -> log.waiting > 0);
  }

  /** The next in order, unless it must wait. */
  Optional<T> next() {
    Optional<Waiting<T>> due = earliest(false);
    Optional<Waiting<T>> next = due.isEmpty() && isStuck() ? earliest(true) : due;
    next.ifPresent(one -> {
      PriorityQueue<Waiting<T>> queue = queue(one.place().partition());
      queue.remove();
      if (queue.isEmpty()) {
        sources.remove(one.place().partition());
      }
      log(one.from()).change(one.place().partition(), -1);
    });
    return next.map(Waiting::value);
  }

  private Optional<Waiting<T>> earliest(boolean early) {
    return sources.values().stream()
        .map(PriorityQueue::element)
        .filter(head -> early || logs.entrySet().stream().noneMatch(log -> holdsUp(head, log)))
        .min(Comparator.comparing(Waiting::place, Place.ORDER));
  }

  private static boolean holdsUp(Waiting<?> head, Map.Entry<TopicPartition, Log> log) {
    return !log.getKey().equals(head.from()) && log.getValue().canBringEarlier(head);
  }

  private boolean isStuck() {
    return !sources.isEmpty()
        && sources.values().stream()
            .map(PriorityQueue::element)
            .allMatch(head -> logs.entrySet().stream()
                .anyMatch(log -> holdsUp(head, log) && isFull(log.getKey())));
  }

  private PriorityQueue<Waiting<T>> queue(int source) {
    return Objects.requireNonNull(sources.get(source));
  }

  private Log log(TopicPartition partition) {
    Log log = logs.get(partition);
    if (log == null) {
      throw new AssertionError(partition + " is not one of " + logs.keySet());
    }
    return log;
  }
}
