package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.operations.bundle.BundlePublisher;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.Ledger;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.operations.send.RecordSender;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.testkit.broker.EmbeddedBroker;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of others in the demo's own topology: a real broker, the gate's application, releases by
 * topic. What the stream decides is what {@code weir decide} says offline, to the bit.
 */
class PaymentsStreamTest {
  private static final Duration WAIT = Duration.ofSeconds(90);
  private static final int ROWS = 1_500;
  private static final int SENT = 200;
  private static final int BATCH = 25;
  private static final TopicNames NAMES = TopicNames.of("payments");

  @TempDir
  static Path directory;

  private static EmbeddedBroker broker;
  private static Cluster cluster;
  private static GateApp gate;
  private static PolicyPublisher publisher;
  private static Path data;
  private static Path wider;
  private static Path external;

  @BeforeAll
  static void start() throws IOException {
    data = Payments.head(directory, ROWS);
    List<String> lines = Payments.lines(data);
    List<String> probabilities = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double noise = i % 29 * 0.01;
      double known = Payments.isFraud(lines.get(i + 1)) ? 0.15 : 0;
      probabilities.add(String.valueOf(0.001 + noise + known));
    }
    wider = Payments.withColumns(data, directory.resolve("external.csv"), "P", probabilities);
    external = Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}");
    broker = EmbeddedBroker.start(new EmbeddedBroker.Options(directory.resolve("broker"), 0));
    cluster = Cluster.at(broker.bootstrapServers());
    new Topics(cluster, NAMES).make(new TopicSizes(1, 1));
    publisher = new PolicyPublisher(cluster, NAMES, List.of());
    gate = new GateApp(GateConfig.of(Map.of(
        "bootstrapServers", broker.bootstrapServers(),
        "scope", NAMES.scope(),
        "instance", "payments-0",
        "stateDir", directory.resolve("state").toString(),
        "bundlesDir", Files.createDirectories(directory.resolve("bundles")).toString(),
        "batch.idleMsMax", "1000",
        "replicationFactor", "1")));
  }

  @AfterAll
  static void stop() {
    if (gate != null) {
      gate.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static Path imported(Path model, String name) {
    Path bundle = directory.resolve("made").resolve(name);
    Run run = Payments.imported(model, data, bundle);
    assertThat(run.code()).as(run.err()).isZero();
    return bundle;
  }

  private static Path brought() {
    Path bundle = directory.resolve("made").resolve("external");
    Run run = Payments.brought(external, wider, bundle);
    assertThat(run.code()).as(run.err()).isZero();
    return bundle;
  }

  private static void activate(Path directory, String version)
      throws IOException, InterruptedException {
    Bundle bundle = BundleDirectory.read(directory);
    PolicyFile policy =
        PolicyFile.read(version, Files.readString(Payments.POLICY), bundle.definition());
    BundlePublisher.Published parts = new BundlePublisher(cluster, NAMES).publish(directory);
    assertThat(parts.parts()).as("the instance's own directory is empty").isPositive();
    PublishedRelease release = publisher.publish(new ReleaseDraft(
        version,
        System.currentTimeMillis(),
        OptionalLong.empty(),
        bundle.fingerprint(),
        policy.json()));
    if (gate.state() == KafkaStreams.State.CREATED) {
      gate.start();
    }
    InstanceReport report =
        publisher.await(release, Optional.of("payments-0"), WAIT).orElseThrow();
    assertThat(report.state()).as(report.reason()).isEqualTo(InstanceReport.State.ACTIVATED);
  }

  /** Sends the first rows of the wider file; fields that a domain does not declare are passed over. */
  private static void send(String prefix) {
    DomainDefinition definition = Named.domain(external.toString());
    RowEncoder encoder = RowEncoder.json(definition);
    CsvRecords rows = CsvRecords.read(wider, definition);
    List<OutgoingBatch> batches = new ArrayList<>();
    for (int from = 0; from < SENT; from += BATCH) {
      List<byte[]> values =
          rows.rows().subList(from, from + BATCH).stream().map(encoder::encode).toList();
      batches.add(OutgoingBatch.whole(prefix + from, values));
    }
    try (RecordSender sender = new RecordSender(cluster, NAMES, Double.POSITIVE_INFINITY)) {
      assertThat(sender.send(batches)).hasSize(SENT);
    }
  }

  private static Map<String, Decision> decided(String version) {
    DecisionCodec codec = new DecisionCodec();
    List<TopicPartition> decisions = Stream.of(NAMES.autoAccept(), NAMES.priorityAudit())
        .map(topic -> new TopicPartition(topic, 0))
        .toList();
    Map<String, Decision> found = new HashMap<>();
    try (Consumer<byte[], byte[]> reader = cluster.reader()) {
      reader.assign(decisions);
      reader.seekToBeginning(decisions);
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (found.size() < SENT && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
          Decision decision = codec.decode(record.value());
          if (decision.getRelease().getVersion().equals(version)) {
            found.put(decision.getRecordId(), decision);
          }
        }
      }
    }
    assertThat(found).hasSize(SENT);
    return found;
  }

  private static Map<String, JsonNode> offline(Path bundle) throws IOException {
    Path rows = directory.resolve("sent.csv");
    Files.write(rows, Payments.lines(wider).subList(0, SENT + 1));
    Path out = directory.resolve(bundle.getFileName() + ".jsonl");
    Run run = Run.of(
        "decide",
        "--bundle",
        bundle,
        "--policy",
        Payments.POLICY,
        "--data",
        rows,
        "--batch-by",
        BATCH,
        "--out",
        out);
    assertThat(run.code()).as(run.err()).isZero();
    Map<String, JsonNode> decisions = new LinkedHashMap<>();
    for (String line : Files.readAllLines(out)) {
      JsonNode decision = new ObjectMapper().readTree(line);
      decisions.put(decision.path("recordId").asText(), decision);
    }
    return decisions;
  }

  /** What the topics carry can be recomputed to the bit, seals included, by whoever has bundle and policy. */
  private static void assertVerified(Path bundle, String version) {
    Path out = directory.resolve(version + "-from-topics.jsonl");
    Run read = Run.of(
        "decisions",
        "--bootstrap",
        broker.bootstrapServers(),
        "--scope",
        NAMES.scope(),
        "--bundle",
        bundle,
        "--release",
        version,
        "--out",
        out);
    assertThat(read.code()).as(read.err()).isZero();
    assertThat(read.out()).contains(SENT + " decisions in " + out);
    Run verified =
        Run.of("verify", "--bundle", bundle, "--policy", Payments.POLICY, "--decisions", out);
    assertThat(verified.code()).as(verified.out()).isZero();
    assertThat(verified.out()).contains("every one recomputed to the bit");
  }

  private static void assertSame(Map<String, Decision> stream, Map<String, JsonNode> offline) {
    offline.forEach((id, expected) -> {
      Decision decision = stream.get(id);
      assertThat(decision.getScore().getPModel())
          .isEqualTo(expected.path("score").path("pModel").asDouble());
      assertThat(decision.getScore().getAgreement())
          .isEqualTo(expected.path("score").path("agreement").asDouble());
      assertThat(decision.getInterval().getP90())
          .isEqualTo(expected.path("interval").path("p90").asDouble());
      assertThat(decision.getRoute().name()).isEqualTo(expected.path("route").asText());
    });
  }

  @Test
  void stream_importedThenExternalModel_decidesAsOfflineAndLosesNothing() throws Exception {
    Path trees = imported(Payments.MODEL, "imported");
    activate(trees, "imported");
    send("imported-");
    Map<String, Decision> ofTrees = decided("imported");
    assertSame(ofTrees, offline(trees));
    assertVerified(trees, "imported");
    assertThat(ofTrees.values()).allSatisfy(decision -> {
      assertThat(decision.getScore().getContributions()).hasSize(10);
      assertThat(decision.getScore().getMemberProbabilities()).isEmpty();
    });

    Path figures = brought();
    activate(figures, "external");
    send("external-");
    Map<String, Decision> ofFigures = decided("external");
    assertSame(ofFigures, offline(figures));
    assertVerified(figures, "external");
    assertThat(ofFigures.values()).allSatisfy(decision -> {
      assertThat(decision.getScore().getContributions()).as("none was brought").isEmpty();
      assertThat(decision.getScore().getMemberProbabilities()).isEmpty();
      assertThat(decision.getCaps()).as("caps do not apply").isNull();
      assertThat(decision.getRaw()).containsKey("P");
    });

    assertThat(new Ledger(cluster, NAMES).prove(Optional.empty(), Map::of).balances())
        .isTrue();
  }

  @Test
  void stream_lightGbmModel_decidesAsOfflineByTheLeavesOfItsTrees() throws Exception {
    Path trees = imported(Payments.LIGHTGBM, "lightgbm");
    activate(trees, "lightgbm");
    send("lightgbm-");

    Map<String, Decision> stream = decided("lightgbm");
    Map<String, JsonNode> offline = offline(trees);

    assertSame(stream, offline);
    assertVerified(trees, "lightgbm");
    assertThat(offline.values())
        .allSatisfy(decision -> assertThat(decision.path("score").path("margin").asDouble())
            .isEqualTo(margin(decision)));
    assertThat(offline.values().stream().map(PaymentsStreamTest::margin).distinct())
        .as("every pair of leaves is reached")
        .hasSize(4);
  }

  /** Read off the model file; what is missing goes left in the first tree and right in the second. */
  private static double margin(JsonNode decision) {
    double online = decision.path("raw").path("Online24h").asDouble(0);
    String kind = decision.path("raw").path("MerchantKind").asText();
    return (online > 5 ? -1.5 : -4.5)
        + (Set.of("games", "giftcards").contains(kind) ? 1.25 : -0.25);
  }
}
