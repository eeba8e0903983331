package dev.weir.faults;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A sender that keeps its rate whatever the gate does (an open loop): a record that could not be
 * sent in time counts from when it was due.
 */
final class Load implements AutoCloseable {
  /* Longer than any fault: a sender must not give up before the broker is back. */
  private static final int DELIVERY_MS_MAX = 300_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Plan plan;
  private final long nanosPerRecord;
  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final AtomicLong unanswered = new AtomicLong();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean isEnding;

  /**
   * A message that the broker has acknowledged.
   *
   * @param due when it should have been sent, {@link System#nanoTime}
   */
  record Sent(Shipment shipment, int partition, long offset, long due) {}

  Load(Cluster cluster, TopicNames names, long seed, double perSecond) {
    Map<String, Object> settings = new HashMap<>(cluster.properties());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS_MAX);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS_MAX);
    this.producer = new Cluster(settings).writer();
    this.topic = names.records();
    this.plan = new Plan(seed);
    this.nanosPerRecord = (long) (NANOS_PER_SECOND / perSecond);
    thread.setDaemon(true);
  }

  /** Sends what the plan has until it is ended; one that is not started sends what it is given. */
  void start() {
    thread.start();
  }

  private void run() {
    long due = System.nanoTime();
    while (!isEnding) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        send(plan.next(), due);
        due += nanosPerRecord;
      }
    }
    for (var rest = plan.last(); rest.isPresent(); rest = plan.last()) {
      send(rest.get(), System.nanoTime());
    }
  }

  /** Sends one message more, now. */
  void send(Shipment shipment) {
    send(shipment, System.nanoTime());
  }

  private void send(Shipment shipment, long due) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        topic, shipment.key().orElse(null), shipment.value().orElse(null));
    shipment.headers().forEach(record.headers()::add);
    unanswered.incrementAndGet();
    producer.send(record, (place, failure) -> {
      if (failure == null) {
        sent.add(new Sent(shipment, place.partition(), place.offset(), due));
      } else {
        failures.add(failure);
      }
      unanswered.decrementAndGet();
    });
  }

  /** Completes the open batches and waits until everything is acknowledged. */
  void end() {
    isEnding = true;
    Await.end(thread);
    producer.flush();
    if (unanswered.get() > 0 || !failures.isEmpty()) {
      throw new AssertionError(String.format(
          Locale.ROOT,
          "%d messages have no answer and %d failed, first %s; the broker is not back",
          unanswered.get(),
          failures.size(),
          failures.stream().findFirst()));
    }
  }

  /** What is acknowledged by now. */
  List<Sent> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void close() {
    isEnding = true;
    producer.close(Duration.ZERO);
  }
}
