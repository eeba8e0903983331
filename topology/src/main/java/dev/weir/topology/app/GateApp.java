package dev.weir.topology.app;

import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.schemas.registry.RegistryOutage;
import dev.weir.topology.book.BundleStore;
import dev.weir.topology.book.InForce;
import dev.weir.topology.book.ReleaseBookFeed;
import dev.weir.topology.collect.Collect;
import dev.weir.topology.collect.OpenCounts;
import dev.weir.topology.decide.Decide;
import dev.weir.topology.decide.ReleaseRecordIds;
import dev.weir.topology.log.LogLine;
import dev.weir.topology.metric.GateMetrics;
import dev.weir.topology.metric.KafkaMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the gate: a release book that follows its topics, and a stream that decides.
 *
 * <p>{@link #start} waits for Kafka and the first release; nothing is consumed before. An exception that
 * nobody expected shuts the instance down: {@link #awaitEnd} returns and {@link #failure} says why.
 */
public final class GateApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateApp.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final GateConfig config;
  private final BundleStore bundles;
  private final ReleaseBookFeed feed;
  private final EpochFile epochs;
  private final ThreadReaders readers;
  private final KafkaStreams streams;
  private final OpenCounts open = new OpenCounts();
  private final GateMetrics metrics;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile WaitsFor waitsFor = WaitsFor.KAFKA;
  private volatile @Nullable Throwable failure;

  /** An instance that nobody measures. */
  public GateApp(GateConfig config) {
    this(config, new CompositeMeterRegistry());
  }

  /** @param registry takes the instance's meters */
  public GateApp(GateConfig config, MeterRegistry registry) {
    this.metrics = new GateMetrics(registry);
    this.config = config;
    this.bundles = BundleStore.connect(
        config.bundlesDir(), config.topics().bundles(), KafkaSettings.clients(config));
    this.feed = ReleaseBookFeed.connect(
        new ReleaseBookFeed.Owner(
            config.instance(), config.topics(), config.timing().bookStaleMsMax()),
        new ReleaseBookFeed.Ingredients(bundles, config.secrets(), config.keys()),
        KafkaSettings.clients(config));
    this.epochs = new EpochFile(config.stateDir(), config.topics().scope());
    feed.onActivated(epochs::raise);
    this.readers = new ThreadReaders(config.registry()::payloads);
    this.streams = streams();
    streams.setUncaughtExceptionHandler(this::shutDown);
    streams.setStateListener((now, before) -> ended(now));
    show();
  }

  private void show() {
    metrics.show(open);
    KafkaMeters.show(metrics, streams::metrics);
    metrics.gauge(
        "weir.gate.ready",
        "1 if it has a release and consumes",
        this,
        gate -> gate.isReady() ? 1 : 0);
    metrics.gauge(
        "weir.gate.book.offset",
        "Offset of the policy topic that the book has",
        feed,
        f -> f.get().book().offset());
    metrics.gauge(
        "weir.gate.book.epoch",
        "Highest epoch that is activated",
        feed,
        f -> f.get().book().newest().map(Release::epoch).orElse(-1L));
    metrics.gauge(
        "weir.gate.book.age.seconds",
        "Since the ends of the policy and control topics were last confirmed",
        feed,
        f -> f.confirmedMsAgo() / 1e3);
    metrics.gauge(
        "weir.gate.controls",
        "Orders in force",
        feed,
        f -> f.get().controls().active().size());
  }

  private KafkaStreams streams() {
    boolean isMade = false;
    try {
      FetchProgress progress = new FetchProgress(config.topics().records());
      KafkaStreams streams = new KafkaStreams(
          topology(progress), KafkaSettings.streams(config), new GateClients(progress));
      isMade = true;
      return streams;
    } finally {
      if (!isMade) {
        feed.close();
      }
    }
  }

  private Topology topology(FetchProgress progress) {
    String records = config.topics().records();
    Collect collect = new Collect(
        config.limits(),
        new Collect.Surroundings(
            progress, () -> new ReleaseRecordIds(feed, records, readers), open));
    Decide decide = new Decide(records, readers, Release::decide, feed, metrics);
    return GateTopology.of(config.topics(), collect, decide);
  }

  /* A new thread would meet the same record again, for ever. */
  private StreamThreadExceptionResponse shutDown(Throwable thrown) {
    failure = thrown;
    LOG.error("{}", line("shuts_down").with("reason", thrown), thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void ended(KafkaStreams.State now) {
    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  /**
   * Waits for Kafka and for the first release, for as long as it takes, and starts to consume. A
   * release of a lower epoch than this instance has activated before is none (gate.md §11). Close from
   * another thread ends the wait.
   *
   * @throws IllegalStateException if a topic is missing, Kafka refuses this client, or it is closed
   *     while it waits
   */
  public void start() throws InterruptedException {
    Map<String, Object> kafka = KafkaSettings.clients(config, AdminClientConfig.configNames());
    if (!BrokerWait.await(kafka, config.instance(), this::isEnded)) {
      throw new IllegalStateException("the gate was closed before a Kafka broker answered");
    }
    TopicCheck.check(config, kafka);
    registerDecisions();
    awaitRelease();
    streams.start();
    waitsFor = WaitsFor.PARTITIONS;
    LOG.info("{}", line("started"));
  }

  private LogLine line(String event) {
    return LogLine.event(event).with("instance", config.instance());
  }

  /* As for Kafka: whoever starts everything at once starts the registry too. */
  private void registerDecisions() throws InterruptedException {
    while (!isEnded()) {
      try {
        config
            .registry()
            .registerDecisions(config.topics())
            .forEach((subject, id) -> LOG.info(
                "{}", line("schema_registered").with("subject", subject).with("id", id)));
        return;
      } catch (RegistryOutage e) {
        waitsFor = WaitsFor.REGISTRY;
        LOG.warn("{}", line("waits_for_registry").with("reason", String.valueOf(e.getMessage())));
        if (ended.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("the gate was closed before the registry answered", e);
        }
      }
    }
  }

  private boolean isEnded() {
    return ended.getCount() == 0;
  }

  private void awaitRelease() throws InterruptedException {
    waitsFor = WaitsFor.RELEASE;
    LOG.info(
        "{}",
        line("waits_for_release")
            .with("scope", config.topics().scope())
            .with("advice", "weir policy push publishes one"));
    feed.start();
    while (!feed.awaitReady(LOOK_AGAIN) || isBelow()) {
      if (ended.await(feed.isReady() ? LOOK_AGAIN.toMillis() : 0, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the gate was closed before the first release came");
      }
      if (waitsFor != WaitsFor.HIGHER_EPOCH && feed.isReady()) {
        waitsFor = WaitsFor.HIGHER_EPOCH;
        LOG.warn(
            "{}",
            line("below_epoch")
                .with("highest", epochs.highest())
                .with(
                    "advice",
                    "it has activated a higher epoch than the policy topic now gives it; publish a"
                        + " newer release, or delete " + epochs.path()
                        + " if that loss is meant"));
      }
    }
  }

  private boolean isBelow() {
    return feed.get().book().newest().map(Release::epoch).orElse(-1L) < epochs.highest();
  }

  /** Whether it has a release and consumes. */
  public boolean isReady() {
    return feed.isReady() && streams.state() == KafkaStreams.State.RUNNING;
  }

  /** What an instance that is not ready waits for. */
  public enum WaitsFor {
    /** A broker that answers. */
    KAFKA,
    /** A registry that answers, where the schema of decisions is to be registered. */
    REGISTRY,
    /** The first release of its scope that it can take. */
    RELEASE,
    /** A release of no lower epoch than it has activated before. */
    HIGHER_EPOCH,
    /** Its group and the state of its partitions. */
    PARTITIONS
  }

  /** What it waits for; empty if it is ready. */
  public Optional<WaitsFor> waitsFor() {
    return isReady() ? Optional.empty() : Optional.of(waitsFor);
  }

  /** The stream's state. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** The releases that are activated now. */
  public ReleaseBook book() {
    return feed.get().book();
  }

  /** The releases and controls in force now. */
  public InForce inForce() {
    return feed.get();
  }

  /** What is open in its partitions. */
  public OpenCounts open() {
    return open;
  }

  /** Why it shut itself down, if it did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits until it has stopped, by itself or by close; whether it has within the limit. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Commits and stops, within the configured time and five seconds. It leaves the group, so that
   * others take over at once, unless {@code group.instance.id} makes it a static member: that keeps
   * its partitions for when it is back.
   */
  @Override
  public void close() {
    boolean isStopped = streams.close(CloseOptions.groupMembershipOperation(
            KafkaSettings.hasStaticMembers(config)
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
        .withTimeout(Duration.ofMillis(config.timing().closeMsMax())));
    feed.close();
    bundles.close();
    if (isStopped) { // else a thread may still read
      readers.close();
    }
    ended.countDown();
    LOG.info("{}", line(isStopped ? "closed" : "not_stopped_in_time"));
  }
}
