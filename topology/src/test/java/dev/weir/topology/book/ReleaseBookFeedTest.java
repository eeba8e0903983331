package dev.weir.topology.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Secrets;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseBookFeedTest {
  private static final TopicNames TOPICS = TopicNames.of("passenger");
  private static final TopicPartition POLICIES = new TopicPartition(TOPICS.policies(), 0);
  private static final TopicPartition CONTROLS = new TopicPartition(TOPICS.controls(), 0);
  private static final long STALE_MS = 30_000;

  @TempDir
  Path directory;

  private final AtomicLong elapsed = new AtomicLong();
  private final List<InstanceReport> reports = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private Bundle bundle;
  private ReleaseBookFeed feed;

  @BeforeEach
  void start() {
    bundle = TinyBundle.write(directory.resolve("bundles/tiny"));
    consumer.updateBeginningOffsets(Map.of(POLICIES, 0L, CONTROLS, 0L));
    consumer.updateEndOffsets(Map.of(POLICIES, 0L, CONTROLS, 0L));
    feed = new ReleaseBookFeed(
        new ReleaseBookFeed.Owner("i1", TOPICS, STALE_MS),
        new ReleaseBookFeed.Ingredients(
            new BundleStore(directory.resolve("bundles")), Secrets.DEMO, ControlKeys.NONE),
        consumer,
        new ReleaseBookFeed.ReportSink() {
          @Override
          public void report(InstanceReport report) {
            reports.add(report);
          }

          @Override
          public void close() {}
        },
        new Clocks(() -> 0, elapsed::get));
  }

  private void publish(long epoch, long endOffset) {
    Publication publication = Publication.of(bundle, epoch);
    consumer.addRecord(new ConsumerRecord<>(
        TOPICS.policies(), 0, epoch - 1, publication.key(), publication.value()));
    consumer.updateEndOffsets(Map.of(POLICIES, endOffset));
  }

  @Test
  void turn_release_isInTheBookAndReported() {
    publish(1, 1);

    feed.turn();

    assertThat(feed.isReady()).isTrue();
    assertThat(feed.get().book().offset()).isZero();
    assertThat(feed.get().controls().active()).isEmpty();
    assertThat(reports).hasSize(1);
  }

  @Test
  void follow_epochThatCannotBeRemembered_isNotReadyUntilItCan() throws Exception {
    AtomicLong tries = new AtomicLong();
    List<Boolean> wasReady = new ArrayList<>();
    feed.onActivated(epoch -> {
      wasReady.add(feed.isReady());
      if (tries.incrementAndGet() == 1) {
        throw new UncheckedIOException(new IOException("disk full"));
      }
    });
    publish(1, 1);

    feed.start();

    assertThat(feed.awaitReady(Duration.ofSeconds(10))).isTrue();
    feed.close();
    assertThat(wasReady).startsWith(false, false);
    assertThat(reports).hasSize(1);
  }

  @Test
  void turn_beforeTheEnd_isNotReady() {
    publish(1, 2);

    feed.turn();

    assertThat(feed.isReady()).isFalse();
    assertThat(feed.get().controls().active()).containsExactly(Controls.Kind.BOOK_STALE);
    publish(2, 2);
    feed.turn();
    assertThat(feed.isReady()).isTrue();
  }

  @Test
  void turn_emptyTopics_isNotReady() {
    feed.turn();

    assertThat(feed.isReady()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"29999, false", "30000, false", "30001, true"})
  void get_endNotConfirmed_isStaleAfterTheLimit(long later, boolean isStale) {
    publish(1, 1);
    feed.turn();
    elapsed.set(later);

    assertThat(feed.get().controls().active().contains(Controls.Kind.BOOK_STALE))
        .isEqualTo(isStale);
  }

  @Test
  void turn_endConfirmedAgain_isStaleNoMore() {
    publish(1, 1);
    feed.turn();
    elapsed.set(STALE_MS + 1);

    feed.turn();

    assertThat(feed.get().controls().active()).isEmpty();
  }

  @Test
  void turn_behindTheEnd_becomesStale() {
    publish(1, 1);
    feed.turn();
    consumer.updateEndOffsets(Map.of(POLICIES, 2L));
    elapsed.set(STALE_MS + 1);

    feed.turn();

    assertThat(feed.get().controls().active()).containsExactly(Controls.Kind.BOOK_STALE);
    assertThat(feed.get().book().newest()).isPresent();
  }

  @Test
  void close_neverStarted_closesTheClients() {
    feed.close();

    assertThat(consumer.closed()).isTrue();
  }
}
