package dev.weir.topology.app;

import static dev.weir.topology.app.GateCluster.TOPICS;
import static dev.weir.topology.app.GateCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.Headers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of open batches on a real broker. */
@Timeout(900)
class OpenBatchesTest {
  private static final int SPENDER = 3;

  @TempDir
  Path directory;

  private final List<GateApp> instances = new ArrayList<>();
  private GateCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new GateCluster(directory);
    cluster.release("passenger/hotfix", 1, 0);
  }

  @AfterEach
  void stop() {
    instances.forEach(GateApp::close);
    cluster.close();
  }

  private GateApp instance(String name) throws InterruptedException {
    GateApp gate = cluster.started(
        Map.of("instance", name, "stateDir", directory.resolve(name).toString()));
    instances.add(gate);
    return gate;
  }

  @Test
  void handOver_toAnotherInstance_keepsBatchesWhole() throws Exception {
    int batches = 10;
    Map<String, String> four = Map.of(Headers.BATCH_SIZE, "4");
    GateApp first = instance("first");
    send(batches, 0, 2, four);
    await("20 open records", () -> first.open().records() == 20);
    GateApp second = instance("second");
    await(
        "both have some",
        () -> first.open().records() > 0
            && second.open().records() > 0
            && first.open().records() + second.open().records() == 20);
    send(batches, 2, 1, four);
    await("30 open records", () -> first.open().records() + second.open().records() == 30);
    first.close();
    send(batches, 3, 1, four);

    List<Decision> decisions = cluster.decisions(4 * batches);

    assertThat(decisions).hasSize(4 * batches).allSatisfy(decision -> {
      assertThat(decision.getBatch().getSize()).isEqualTo(4);
      assertThat(decision.getBatch().getCloseReason()).hasToString("SIZE");
    });
    assertThat(decisions.stream()
            .map(decision ->
                decision.getSource().getPartition() + "/" + decision.getSource().getOffset()))
        .doesNotHaveDuplicates();
    await("no open record", () -> second.open().records() == 0);
    assertThat(second.open().bytes()).isZero();
  }

  private void send(int batches, int from, int count, Map<String, String> headers) {
    for (int batch = 0; batch < batches; batch++) {
      cluster.flood("b" + batch, SPENDER + from, count, headers);
    }
  }

  @Test
  void behind_itsNextRecordIsInTheLog_aBatchDoesNotExpire() throws Exception {
    Map<String, String> two = Map.of(Headers.BATCH_SIZE, "2");
    cluster.flood("slow", SPENDER, 1, two);
    cluster.flood("", 0, 600, Map.of());
    cluster.flood("slow", SPENDER + 4, 1, two);
    cluster.flood("left", SPENDER, 1, two);
    try (GateApp gate = cluster.started(Map.of("batch.idleMsMax", "20", "batch.tickMs", "5"))) {
      List<Decision> decisions = cluster.decisions(603);

      assertThat(decisions)
          .filteredOn(decision -> decision.getBatch().getId().equals("slow"))
          .hasSize(2)
          .allSatisfy(
              decision -> assertThat(decision.getBatch().getCloseReason()).hasToString("SIZE"));
      assertThat(decisions)
          .filteredOn(decision -> decision.getBatch().getId().equals("left"))
          .singleElement()
          .satisfies(
              decision -> assertThat(decision.getBatch().getCloseReason()).hasToString("IDLE"));
      assertThat(gate.failure()).isEmpty();
    }
  }

  @Test
  void changelog_batchesOf25_isAtMost2_2TimesTheInput() throws Exception {
    try (GateApp gate = cluster.started(Map.of())) {
      for (int batch = 0; batch < 8; batch++) {
        cluster.flood("flight-" + batch, 25 * batch, 25, Map.of(Headers.BATCH_SIZE, "25"));
      }
      cluster.decisions(200);
      await("no open record", () -> gate.open().records() == 0);

      double input = bytes(TOPICS.records());
      double changelog = bytes(cluster.config(Map.of()).openRecordsTopic());

      System.out.printf(
          Locale.ROOT,
          "changelog bytes per input byte: %.2f of keys, values and headers; %.2f on disk, where"
              + " the input is not compressed and the changelog is%n",
          changelog / input,
          disk(cluster.config(Map.of()).openRecordsTopic()) / disk(TOPICS.records()));
      assertThat(changelog / input).isBetween(0.9, 2.2);
    }
  }

  private double bytes(String topic) {
    return cluster.read(topic).stream().mapToLong(OpenBatchesTest::bytes).sum();
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize())
        + StreamSupport.stream(record.headers().spliterator(), false)
            .mapToLong(header -> header.key().length() + header.value().length)
            .sum();
  }

  private double disk(String topic) throws Exception {
    try (Admin admin = Admin.create(cluster.clients())) {
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(directories -> directories.values().stream())
          .flatMap(directory -> directory.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().equals(topic))
          .mapToDouble(replica -> replica.getValue().size())
          .sum();
    }
  }
}
