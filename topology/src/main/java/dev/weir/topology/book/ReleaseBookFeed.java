package dev.weir.topology.book;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.control.ControlLedger;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.release.Activation;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.topology.log.LogLine;
import dev.weir.topology.log.Repeats;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the policy and control topics from their beginning, in a thread of its own, and always
 * has an immutable answer to what is in force.
 *
 * <p>Nothing on the topics stops it. When it cannot reach the end of the topics for longer than
 * allowed, what is in force includes BOOK_STALE.
 */
public final class ReleaseBookFeed implements Supplier<InForce>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseBookFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final long RETRY_MS = 1_000;

  /* The end is confirmed this often within the time after which the book is stale. */
  private static final int CONFIRMATIONS = 10;

  private final Consumer<byte[], byte[]> consumer;
  private final ReportSink reports;
  private final Clocks clocks;
  private final TopicPartition policies;
  private final TopicPartition controls;
  private final BookKeeper keeper;
  private final ShadowKeeper shadows;
  private final ControlLedger ledger;
  private final long staleMsMax;
  private final Repeats repeats = Repeats.to(LOG::warn);
  private volatile Snapshot snapshot =
      new Snapshot(new InForce(ReleaseBook.EMPTY, Controls.NONE), false, 0);
  private volatile LongConsumer activated = epoch -> {};
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "weir-release-book");

  /** Where an instance's reports go. */
  interface ReportSink extends AutoCloseable {
    void report(InstanceReport report);

    @Override
    void close();
  }

  /**
   * Whose book it is.
   *
   * @param staleMsMax after how long without a confirmed end of the topics the book is stale
   */
  public record Owner(String instance, TopicNames topics, long staleMsMax) {}

  /**
   * What releases are made of, and by whom.
   *
   * @param keys of those who may publish releases and give orders
   *
   * @param bundles finds a bundle by fingerprint; throws IllegalArgumentException if it is there
   *     and cannot be used
   */
  public record Ingredients(
      Function<Fingerprint, Optional<Bundle>> bundles, Secrets secrets, ControlKeys keys) {
    Activation.Instance instance(
        String scope, Purpose purpose, Function<Fingerprint, Optional<Bundle>> from) {
      return new Activation.Instance(scope, purpose, keys.operators(), from, secrets);
    }
  }

  private record Snapshot(InForce inForce, boolean isConfirmed, long confirmedAt) {}

  ReleaseBookFeed(
      Owner owner,
      Ingredients ingredients,
      Consumer<byte[], byte[]> consumer,
      ReportSink reports,
      Clocks clocks) {
    String scope = owner.topics().scope();
    this.consumer = consumer;
    this.reports = reports;
    this.clocks = clocks;
    this.policies = new TopicPartition(owner.topics().policies(), 0);
    this.controls = new TopicPartition(owner.topics().controls(), 0);
    this.keeper = new BookKeeper(
        owner.instance(), ingredients.instance(scope, Purpose.DECIDE, ingredients.bundles()));
    // A shadow with a bundle that decides nothing here is for weir shadow.
    this.shadows = new ShadowKeeper(
        owner.instance(),
        ingredients.instance(
            scope, Purpose.SHADOW, fingerprint -> keeper.book().bundle(fingerprint)));
    this.ledger = new ControlLedger(scope, ingredients.keys(), new EnvelopeCodec()::decode);
    this.staleMsMax = owner.staleMsMax();
    thread.setDaemon(true);
    consumer.assign(List.of(policies, controls));
    consumer.seekToBeginning(List.of(policies, controls));
  }

  /**
   * A feed that is not started yet.
   *
   * @param kafka client settings: addresses, security
   */
  public static ReleaseBookFeed connect(
      Owner owner, Ingredients ingredients, Map<String, Object> kafka) {
    return new ReleaseBookFeed(
        owner,
        ingredients,
        FeedClients.consumer(kafka),
        FeedClients.reports(kafka, owner.topics().activations()),
        Clocks.SYSTEM);
  }

  /**
   * Who is told the newest epoch that is activated, again and again; to be set before the start. While it
   * throws UncheckedIOException the ends of the topics are not confirmed, so that the book becomes stale.
   */
  public void onActivated(LongConsumer listener) {
    activated = listener;
  }

  /** Starts to follow. */
  public void start() {
    thread.start();
  }

  /** What is in force now; two calls may differ, so take it once a batch. */
  @Override
  public InForce get() {
    Snapshot now = snapshot;
    boolean isStale =
        !now.isConfirmed() || clocks.elapsedMs().getAsLong() - now.confirmedAt() > staleMsMax;
    return isStale
        ? new InForce(
            now.inForce().book(),
            now.inForce().controls().and(Controls.Kind.BOOK_STALE),
            now.inForce().shadow())
        : now.inForce();
  }

  /** Milliseconds since the topics' ends were last confirmed; since ever, if they never were. */
  public long confirmedMsAgo() {
    return clocks.elapsedMs().getAsLong() - snapshot.confirmedAt();
  }

  /** Whether there is a release and the topics were once read to their end. */
  public boolean isReady() {
    return ready.getCount() == 0;
  }

  /** Waits until the feed {@link #isReady() is ready}; whether it was within the limit. */
  public boolean awaitReady(Duration limit) throws InterruptedException {
    return ready.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void follow() {
    try (consumer;
        reports) {
      while (closing.getCount() > 0) {
        try {
          turn();
        } catch (WakeupException | InterruptException e) {
          LOG.debug("{}", LogLine.event("book_woken"));
        } catch (KafkaException e) {
          repeats.say(LogLine.event("book_unreachable"), line -> line.with("reason", e));
          pause();
        } catch (UncheckedIOException e) {
          repeats.say(
              LogLine.event("book_stale"),
              line -> line.with("reason", String.valueOf(e.getMessage())));
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      if (closing.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
        LOG.debug("{}", LogLine.event("book_closing"));
      }
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  /** Takes what has come, settles it and swaps the answer. */
  void turn() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(policies.topic())) {
        arrive(record);
      } else {
        ledger
            .arrive(record.offset(), record.key(), record.value())
            .ifPresent(why -> repeats.say(
                LogLine.event("control_refused"),
                line -> line.with("offset", record.offset()).with("reason", why)));
      }
    }
    repeats.tick();
    long now = clocks.wallMs().getAsLong();
    List<InstanceReport> news = new ArrayList<>(keeper.settle(now));
    news.addAll(shadows.settle(now));
    Snapshot before = snapshot;
    snapshot = new Snapshot(
        new InForce(keeper.book(), ledger.controls(), shadows.shadow()),
        before.isConfirmed(),
        before.confirmedAt());
    news.forEach(this::publish);
    keeper.book().newest().ifPresent(release -> activated.accept(release.epoch()));
    confirmEnd();
    if (snapshot.isConfirmed() && keeper.book().newest().isPresent()) {
      ready.countDown();
    }
  }

  private void arrive(ConsumerRecord<byte[], byte[]> record) {
    if (ShadowKeeper.isShadow(record.key())) {
      shadows.arrive(record.offset(), record.key(), record.value());
    } else {
      keeper.arrive(record.offset(), record.key(), record.value());
    }
  }

  private void publish(InstanceReport report) {
    if (report.state() == InstanceReport.State.REFUSED) {
      repeats.say(event(report), line -> told(line, report));
    } else {
      LOG.info("{}", told(report));
    }
    reports.report(report);
  }

  private static LogLine event(InstanceReport report) {
    return LogLine.event("release_" + report.state().name().toLowerCase(Locale.ROOT));
  }

  /** A report as a line of the log. */
  public static LogLine told(InstanceReport report) {
    return told(event(report), report);
  }

  private static LogLine told(LogLine line, InstanceReport report) {
    line.with("scope", report.scope()).with("offset", report.offset());
    report.epoch().ifPresent(epoch -> line.with("epoch", epoch));
    report.version().ifPresent(version -> line.with("version", version));
    return report.reason().isEmpty() ? line : line.with("reason", report.reason());
  }

  private void confirmEnd() {
    Snapshot now = snapshot;
    long asked = clocks.elapsedMs().getAsLong();
    if (now.isConfirmed() && asked - now.confirmedAt() < staleMsMax / CONFIRMATIONS) {
      return;
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(policies, controls), END_LIMIT);
    boolean isAtEnd = ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), END_LIMIT) >= end.getValue());
    if (isAtEnd) {
      snapshot = new Snapshot(now.inForce(), true, asked);
    }
  }

  /** Stops following, within five seconds. */
  @Override
  public void close() {
    closing.countDown();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      reports.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
