package dev.weir.topology.shadow;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.release.Activation;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.ShadowCodec;
import dev.weir.topology.app.BrokerWait;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.book.BundleStore;
import dev.weir.topology.book.ReleaseBookFeed;
import dev.weir.topology.book.ShadowKeeper;
import dev.weir.topology.log.LogLine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the decision log again by a shadow release whose bundle is not the active one, and publishes
 * the differences. One instance a scope.
 *
 * <p>It reads the whole log in order of its partitions and commits how far it has come only when the
 * differences are written, so that after a crash some are written twice, with the same content, and none
 * is lost.
 */
public final class ShadowApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowApp.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final int OPEN_DECISIONS_MAX = 100_000;
  private static final long CLOSE_SECONDS_MAX = 10;

  private final String name;
  private final TopicNames topics;
  private final BundleStore bundles;
  private final ShadowKeeper keeper;
  private final LogComparer comparer;
  private final Leftovers leftovers = new Leftovers(System.nanoTime());
  private final ShadowCodec differences = new ShadowCodec();
  private final AlertCodec alerts = new AlertCodec();
  private final ActivationCodec reports = new ActivationCodec();
  private final Map<String, Object> kafka;
  private final Consumer<byte[], byte[]> policies;
  private final Consumer<byte[], byte[]> log;
  private final Producer<byte[], byte[]> producer;
  private volatile Optional<Exception> unwritten = Optional.empty();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean isRunning;
  private volatile boolean isClosing;

  /** @param config the gate's own */
  public ShadowApp(GateConfig config) {
    this.name = config.instance() + "-shadow";
    this.topics = config.topics();
    this.bundles =
        BundleStore.connect(config.bundlesDir(), topics.bundles(), ShadowClients.settings(config));
    this.keeper = new ShadowKeeper(
        name,
        new Activation.Instance(
            topics.scope(), Purpose.SHADOW, config.keys().operators(), bundles, config.secrets()));
    this.comparer = new LogComparer(keeper::shadow, new OpenParts(OPEN_DECISIONS_MAX));
    this.kafka = ShadowClients.admin(config);
    this.policies = ShadowClients.reader(config);
    this.log = ShadowClients.reader(config);
    this.producer = ShadowClients.writer(config);
  }

  /**
   * Waits for Kafka, for as long as it takes, and compares until it is closed from another thread.
   *
   * @throws IllegalStateException if the cluster does not take what it writes; started again, it goes on
   *     from where that was
   */
  public void run() throws InterruptedException {
    isRunning = true;
    try {
      if (BrokerWait.await(kafka, name, () -> isClosing)) {
        compare();
      }
    } finally {
      ended.countDown();
    }
  }

  private void compare() {
    try (bundles;
        policies;
        log;
        producer) {
      TopicPartition policy = new TopicPartition(topics.policies(), 0);
      policies.assign(List.of(policy));
      policies.seekToBeginning(List.of(policy));
      long end = policies.endOffsets(List.of(policy)).getOrDefault(policy, 0L);
      while (policies.position(policy) < end) {
        follow(POLL);
      }
      log.assign(partitions());
      LOG.info(
          "{}",
          LogLine.event("shadow_started").with("instance", name).with("scope", topics.scope()));
      while (!isClosing) {
        turn();
      }
    } catch (WakeupException e) {
      LOG.info("{}", LogLine.event("shadow_closed").with("instance", name));
    }
  }

  private List<TopicPartition> partitions() {
    return Stream.of(topics.autoAccept(), topics.priorityAudit())
        .flatMap(topic -> log.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private void turn() {
    follow(AT_ONCE);
    boolean isNews = false;
    for (ConsumerRecord<byte[], byte[]> record : log.poll(POLL)) {
      LogComparer.Found found = comparer.read(
          record.value(), new TopicPartition(record.topic(), record.partition()), record.offset());
      found.differences().forEach(this::publish);
      found.alert().ifPresent(this::publish);
      isNews = true;
    }
    boolean isForgotten = forgetLeftovers();
    if (isNews || isForgotten) {
      commit();
    }
  }

  private boolean forgetLeftovers() {
    try {
      OptionalLong hopeless = leftovers.hopeless(
          System.nanoTime(), comparer.opened(), read(), () -> log.endOffsets(log.assignment()));
      hopeless.ifPresent(comparer::forget);
      return hopeless.isPresent();
    } catch (TimeoutException e) {
      // While the brokers are away there is nothing to tell; the next turn asks again.
      return false;
    }
  }

  private Map<TopicPartition, Long> read() {
    Map<TopicPartition, Long> read = new HashMap<>();
    log.assignment().forEach(partition -> read.put(partition, log.position(partition)));
    return read;
  }

  private void follow(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : policies.poll(patience)) {
      if (ShadowKeeper.isShadow(record.key())) {
        keeper.arrive(record.offset(), record.key(), record.value());
      }
    }
    keeper.settle(System.currentTimeMillis()).forEach(report -> {
      LOG.info("{}", ReleaseBookFeed.told(report));
      send(topics.activations(), report.key(), reports.encode(report));
    });
  }

  private void publish(ShadowDifference difference) {
    send(topics.shadow(), difference.recordId(), differences.encode(difference));
  }

  private void publish(Alert alert) {
    send(
        topics.alerts(),
        alert.kind() + "/" + alert.subject(),
        alerts.encode(alert, System.currentTimeMillis()));
  }

  private void send(String topic, String key, byte[] value) {
    var unused = producer.send(
        new ProducerRecord<>(topic, Headers.value(key), value), (written, failure) -> {
          if (failure != null) {
            unwritten = Optional.of(failure);
          }
        });
  }

  private void commit() {
    producer.flush();
    if (unwritten.isPresent()) {
      throw new IllegalStateException(
          "differences could not be written: " + unwritten.get(), unwritten.get());
    }
    Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
    comparer
        .restart(read())
        .forEach((partition, offset) -> commit.put(partition, new OffsetAndMetadata(offset)));
    log.commitSync(commit);
  }

  /** Ends {@link #run}, and waits for that, ten seconds at most. */
  @Override
  public void close() {
    isClosing = true;
    log.wakeup();
    policies.wakeup();
    try {
      if (isRunning && !ended.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("{}", LogLine.event("shadow_not_stopped_in_time").with("instance", name));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
