package dev.weir.faults;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What somebody downstream sees, who reads committed records and stays connected throughout. */
final class Watch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Consumer<byte[], byte[]> reader;
  private final TopicNames names;
  private final Duration pause;
  private final DecisionCodec codec = new DecisionCodec();
  private final Map<Place, Outcome> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> doubled = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "watch");
  private volatile boolean isEnding;
  private volatile boolean isHurried;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** Where a record was read by the gate. */
  record Place(int partition, long offset) {}

  /**
   * A decision or a dead letter.
   *
   * @param decision empty for a dead letter
   * @param seen when, {@link System#nanoTime}
   */
  record Outcome(Place source, Optional<Decision> decision, String cause, long seen) {}

  /**
   * A reader from the beginning.
   *
   * @param pause what it takes it to look at what it was given
   */
  Watch(Cluster cluster, TopicNames names, Duration pause) {
    this.names = names;
    this.pause = pause;
    this.reader = cluster.reader();
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : List.of(names.autoAccept(), names.priorityAudit(), names.deadLetters())) {
      reader
          .partitionsFor(topic)
          .forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    }
    reader.assign(all);
    reader.seekToBeginning(all);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (reader) {
      while (!isEnding) {
        reader.poll(POLL).forEach(this::see);
        LockSupport.parkNanos(isHurried ? 0 : pause.toNanos());
      }
    } catch (RuntimeException | AssertionError e) {
      failure = Optional.of(e);
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    Outcome outcome =
        record.topic().equals(names.deadLetters()) ? deadLetter(record) : decision(record);
    Outcome before = outcomes.putIfAbsent(outcome.source(), outcome);
    if (before != null) {
      doubled.add(before + " and again " + outcome);
    }
  }

  private Outcome decision(ConsumerRecord<byte[], byte[]> record) {
    Decision decision = codec.decode(record.value());
    return new Outcome(
        new Place(decision.getSource().getPartition(), decision.getSource().getOffset()),
        Optional.of(decision),
        "",
        System.nanoTime());
  }

  private static Outcome deadLetter(ConsumerRecord<byte[], byte[]> record) {
    return new Outcome(
        new Place(
            Integer.parseInt(header(record, Headers.SOURCE_PARTITION)),
            Long.parseLong(header(record, Headers.SOURCE_OFFSET))),
        Optional.empty(),
        header(record, Headers.CAUSE),
        System.nanoTime());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(
        Objects.requireNonNull(record.headers().lastHeader(name), name).value(),
        StandardCharsets.UTF_8);
  }

  /** What was seen by now, by where the gate had read it. */
  Map<Place, Outcome> outcomes() {
    failure.ifPresent(thrown -> {
      throw new AssertionError("the reader of decisions failed", thrown);
    });
    return outcomes;
  }

  /** Pauses no more. */
  void hurry() {
    isHurried = true;
  }

  /** Records that were seen twice. */
  List<String> doubled() {
    return List.copyOf(doubled);
  }

  @Override
  public void close() {
    isEnding = true;
    Await.end(thread);
  }
}
