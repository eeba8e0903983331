package dev.weir.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.broker.EmbeddedBroker.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.spi.SLF4JServiceProvider;

@Timeout(120)
class EmbeddedBrokerTest {

  @Test
  void start_transactionalWrites_areReadCommitted() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      RecordLog log = RecordLog.create(broker.bootstrapServers(), "decisions");

      log.write(true, "a", "b");
      log.write(false, "never");
      log.write(true, "c");

      assertThat(log.readCommitted(3)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void start_onNewDirectory_runsTheProductionMetadataVersion() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Admin admin = admin(broker)) {
      FeatureMetadata features = admin.describeFeatures().featureMetadata().get();

      assertThat(features.finalizedFeatures().get(MetadataVersion.FEATURE_NAME).maxVersionLevel())
          .isEqualTo(MetadataVersion.latestProduction().featureLevel());
      assertThat(features.finalizedFeatures())
          .containsKeys("transaction.version", "group.version", "streams.version");
    }
  }

  @Test
  void start_usedPort_namesThePortAndWritesNothing(@TempDir Path parent) throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
      int port = holder.getLocalPort();
      Path directory = parent.resolve("broker");

      assertThatThrownBy(() -> EmbeddedBroker.start(new Options(directory, port)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + port + " on 127.0.0.1")
          .hasMessageContaining("pass another port (0 takes a free one)");
      assertThat(directory).doesNotExist();
    }
  }

  /** The first pick is for the clients' port, the second for the controller's. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void start_portLostAfterPick_triesAgain(int lostPick) throws Exception {
    Set<Thread> before = lastingThreads();
    try (ServerSocket rival = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
      AtomicInteger picks = new AtomicInteger();
      IntSupplier freePorts =
          () -> picks.incrementAndGet() == lostPick ? rival.getLocalPort() : Ports.free();
      try (EmbeddedBroker broker =
              EmbeddedBroker.start(Options.temporary(), BrokerSettings.PATIENT_SESSION, freePorts);
          Admin admin = admin(broker)) {
        assertThat(picks).hasValue(4);
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
    }
    awaitLastingThreads(before);
  }

  @Test
  void start_everyPortLost_givesUpAndCleansUp(@TempDir Path directory) throws Exception {
    Set<Thread> before = lastingThreads();
    try (ServerSocket rival = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
      AtomicInteger picks = new AtomicInteger();
      IntSupplier freePorts =
          () -> picks.incrementAndGet() % 2 == 1 ? rival.getLocalPort() : Ports.free();

      assertThatThrownBy(() -> EmbeddedBroker.start(
              new Options(directory, 0), BrokerSettings.PATIENT_SESSION, freePorts))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("after 5 attempts");
    }
    awaitLastingThreads(before);
  }

  @Test
  void start_directoryOfRunningBroker_refusesAndHarmsNothing() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> EmbeddedBroker.start(new Options(broker.directory(), 0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another broker runs in " + broker.directory());

      RecordLog log = RecordLog.create(broker.bootstrapServers(), "still-there");
      log.write(true, "a");
      assertThat(log.readCommitted(1)).containsExactly("a");
    }
  }

  @Test
  void start_twoAtOnce_keepTheirRecordsApart() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start();
        EmbeddedBroker second = EmbeddedBroker.start()) {
      RecordLog firstLog = RecordLog.create(first.bootstrapServers(), "same");
      RecordLog secondLog = RecordLog.create(second.bootstrapServers(), "same");

      firstLog.write(true, "first");
      secondLog.write(true, "second");

      assertThat(firstLog.readCommitted(1)).containsExactly("first");
      assertThat(secondLog.readCommitted(1)).containsExactly("second");
    }
  }

  @Test
  void start_unknownTopic_isNotCreated() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Admin admin = admin(broker)) {
      assertThatThrownBy(
              () -> admin.describeTopics(List.of("misspelt")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class);
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  @Test
  void close_temporaryDirectory_isDeletedAndNoThreadLasts() throws Exception {
    Set<Thread> before = lastingThreads();
    EmbeddedBroker broker = EmbeddedBroker.start();
    assertThat(broker.directory()).isDirectory();

    broker.close();
    broker.close();

    assertThat(broker.directory()).doesNotExist();
    awaitLastingThreads(before);
  }

  @Test
  void close_givenDirectory_keepsTheRecordsForTheNextStart(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(new Options(directory, 0))) {
      RecordLog.create(broker.bootstrapServers(), "kept").write(true, "a");
    }
    assertThat(Files.exists(directory)).isTrue();

    try (EmbeddedBroker broker = EmbeddedBroker.start(new Options(directory, 0))) {
      assertThat(new RecordLog(broker.bootstrapServers(), "kept").readCommitted(1))
          .containsExactly("a");
    }
  }

  @Test
  void options_portOutOfRange_isRefused() {
    assertThatThrownBy(() -> new Options(null, 65_536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> new Options(null, -1)).hasMessageContaining("-1");
  }

  @Test
  void logging_onThisClassPath_hasOneBinding() {
    Iterator<SLF4JServiceProvider> bindings =
        ServiceLoader.load(SLF4JServiceProvider.class).iterator();
    assertThat(bindings).toIterable().hasSize(1);
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static Set<Thread> lastingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && !thread.isDaemon())
        .collect(Collectors.toSet());
  }

  /** Joins first: a thread that was told to end may take a moment to be gone. */
  private static void awaitLastingThreads(Set<Thread> expected) throws InterruptedException {
    for (Thread thread : lastingThreads()) {
      if (!expected.contains(thread)) {
        thread.join(Duration.ofSeconds(10).toMillis());
      }
    }
    assertThat(expected).containsAll(lastingThreads());
  }
}
