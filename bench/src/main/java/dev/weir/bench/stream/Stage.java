package dev.weir.bench.stream;

import dev.weir.bench.Workload;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.broker.BrokerProcess;
import dev.weir.testkit.broker.BrokerProcess.Tuning;
import dev.weir.testkit.broker.EmbeddedBroker.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What all measurements share: a broker in its own JVM, the workload, a place for files. */
final class Stage implements AutoCloseable {
  static final String SHAPE = "8x100x4";

  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private final Path directory;
  private final BrokerProcess broker;
  private final Cluster cluster;
  private final Workload workload;
  private final Input input;
  private final int shorter;
  private final Map<String, Long> epochs = new HashMap<>();

  private Stage(Path directory, int shorter) {
    this.directory = directory;
    this.shorter = shorter;
    this.workload = Workload.of(SHAPE);
    this.input = Input.of(Workload.csv(Workload.directory(SHAPE)));
    this.broker = BrokerProcess.start(
        Options.temporary(), Tuning.PATIENT.in("-Xmx1g", "-Xms1g", "-XX:+UseG1GC"));
    this.cluster = Cluster.at(broker.bootstrapServers());
  }

  /** @param shorter by how much less is measured than for a result: 1 for results */
  static Stage set(int shorter) {
    try {
      return new Stage(Files.createTempDirectory("weir-bench-"), shorter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number of records, rounds or swaps, as far as this run goes. */
  int scaled(int number) {
    return Math.max(1, number / shorter);
  }

  /** A time to measure for, as far as this run goes. */
  Duration scaled(Duration time) {
    Duration scaled = time.dividedBy(shorter);
    return scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
  }

  Path directory() {
    return directory;
  }

  Cluster cluster() {
    return cluster;
  }

  Workload workload() {
    return workload;
  }

  Input input() {
    return input;
  }

  /** What a gate and its pass-through are both started with. */
  Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "bootstrapServers",
        broker.bootstrapServers(),
        "bundlesDir",
        Workload.directory(SHAPE).toAbsolutePath().toString(),
        "batch.idleMsMax",
        "600000",
        "batch.ageMsMax",
        "600000"));
    settings.putAll(more);
    return settings;
  }

  /** Publishes a shipped policy as the next epoch; its number. */
  long push(TopicNames topics, String policy) {
    long epoch = epochs.merge(topics.prefix(), 1L, Long::sum);
    new PolicyPublisher(cluster, topics, List.of())
        .publish(
            new ReleaseDraft(
                policy,
                System.currentTimeMillis(),
                OptionalLong.empty(),
                workload.bundle.fingerprint(),
                policy(policy).json()),
            epoch);
    return epoch;
  }

  PolicyFile policy(String policy) {
    return PolicyFile.read(
        policy, PolicyFile.shippedText("passenger/" + policy), workload.bundle.definition());
  }

  @Override
  public void close() {
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
