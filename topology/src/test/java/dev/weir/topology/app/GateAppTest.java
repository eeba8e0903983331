package dev.weir.topology.app;

import static dev.weir.topology.app.GateCluster.TOPICS;
import static dev.weir.topology.app.GateCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.topology.collect.OpenRecords;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a real broker. */
@Timeout(180)
class GateAppTest {
  private static final int SPENDER = 3;
  private static final int IDLER = 1;

  @TempDir
  Path directory;

  private GateCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new GateCluster(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static Map<String, String> size(int size) {
    return Map.of(Headers.BATCH_SIZE, Integer.toString(size));
  }

  private static Set<String> reasons(List<Decision> decisions, String batch) {
    return decisions.stream()
        .filter(decision -> decision.getBatch().getId().equals(batch))
        .map(decision -> decision.getBatch().getCloseReason().name())
        .collect(Collectors.toSet());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value());
  }

  @Test
  void run_batchesOfEveryKind_closeAndAreConserved() throws Exception {
    cluster.release("passenger/hotfix", 1, 0);
    try (GateApp app = cluster.started(Map.of("batch.idleMsMax", "1500"))) {
      cluster.passenger("", SPENDER, Map.of());
      cluster.passenger("sized", SPENDER, size(2));
      cluster.passenger("marked", IDLER, Map.of());
      cluster.passenger("sized", SPENDER + 4, size(2));
      cluster.passenger("idle", SPENDER, Map.of());
      cluster.end("marked");
      cluster.raw("", GateCluster.bytes("no record"), 7, Map.of("trace", "t1"));
      cluster.raw("mixed", GateCluster.bytes("{\"PassengerId\": \"9\", \"Age\": -3}"), 7, size(2));
      cluster.passenger("mixed", SPENDER, size(2));

      List<Decision> decisions = cluster.decisions(6);

      assertThat(reasons(decisions, "sized")).containsExactly("SIZE");
      assertThat(reasons(decisions, "marked")).containsExactly("MARKER");
      assertThat(reasons(decisions, "idle")).containsExactly("IDLE");
      assertThat(decisions).hasSize(6);
      assertThat(cluster.read(TOPICS.autoAccept())).hasSize(4);
      assertThat(cluster.read(TOPICS.holds(), 1)).hasSize(1);
      assertThat(cluster.read(TOPICS.deadLetters(), 2))
          .hasSize(2)
          .anySatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(GateCluster.bytes("no record"));
            assertThat(header(letter, "trace")).isEqualTo("t1");
            assertThat(header(letter, Headers.CAUSE)).isEqualTo("UNDECODABLE");
          })
          .anySatisfy(letter -> {
            assertThat(header(letter, Headers.CAUSE)).isEqualTo("INVALID");
            assertThat(header(letter, Headers.MESSAGE)).contains("Age '-3");
            assertThat(header(letter, Headers.BATCH)).startsWith("mixed#");
          });
      assertThat(app.failure()).isEmpty();
    }
  }

  @Test
  void run_largeRecords_neverStopTheGate() throws Exception {
    cluster.release("passenger/hotfix", 1, 0);
    try (GateApp app = cluster.started(Map.of())) {
      cluster.raw("", large(200_000), 1, Map.of());
      cluster.raw("", large(500_000), 1, Map.of());
      cluster.passenger("", SPENDER, Map.of());

      List<Decision> decisions = cluster.decisions(2);

      assertThat(decisions).hasSize(2);
      assertThat(cluster.read(TOPICS.deadLetters(), 1))
          .singleElement()
          .satisfies(letter -> assertThat(header(letter, Headers.CAUSE)).isEqualTo("TOO_LARGE"));
      assertThat(app.failure()).isEmpty();
    }
  }

  /** A record whose categories hold random text, which does not compress away. */
  private static byte[] large(int length) {
    byte[] random = new byte[length / 4];
    new Random(7).nextBytes(random);
    String text = HexFormat.of().formatHex(random);
    return GateCluster.bytes("{\"PassengerId\": \"1\", \"HomePlanet\": \"" + text
        + "\", \"Cabin\": \"" + text + "/1/P\"}");
  }

  @Test
  void swap_live_isByEventTimeAndABadPolicyChangesNothing() throws Exception {
    cluster.release("passenger/hotfix", 1, 0);
    try (GateApp app = cluster.started(Map.of())) {
      cluster.publish(2, GateCluster.bytes("not an envelope"));
      cluster.release("passenger/steady", 3, 1_000_000);
      List<InstanceReport> reports = cluster.reports(3);
      await("epoch 3", () -> app.book().newest().orElseThrow().epoch() == 3);

      cluster.passenger("", SPENDER, 999_999, Map.of());
      cluster.passenger("", SPENDER, 1_000_000, Map.of());
      List<Decision> decisions = cluster.decisions(2);

      assertThat(reports.stream().map(InstanceReport::state))
          .containsExactly(
              InstanceReport.State.ACTIVATED,
              InstanceReport.State.REFUSED,
              InstanceReport.State.ACTIVATED);
      assertThat(decisions)
          .extracting(Decision::getEventTime, decision -> decision.getRelease().getEpoch())
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(999_999L, 1L),
              org.assertj.core.groups.Tuple.tuple(1_000_000L, 3L));
      assertThat(app.book().offset()).isEqualTo(2);
    }
  }

  @Test
  void killSwitch_live_auditsUntilLifted() throws Exception {
    cluster.release("passenger/hotfix", 1, 0);
    try (GateApp app = cluster.started(Map.of())) {
      cluster.order(new ControlOrder(
          "passenger", new ControlOrder.Stop(ControlOrder.Stop.Kind.KILL_SWITCH), 5, "me", 0));
      await("the kill switch", () -> !app.inForce().controls().active().isEmpty());
      cluster.passenger("", SPENDER, Map.of());
      List<Decision> stopped = cluster.decisions(1);
      cluster.order(
          new ControlOrder("passenger", new ControlOrder.Lift("KILL_SWITCH"), 6, "me", 0));
      await("its end", () -> app.inForce().controls().active().isEmpty());
      cluster.passenger("", SPENDER + 4, Map.of());
      cluster.decisions(2);

      assertThat(stopped).extracting(GateCluster::route).containsExactly("PRIORITY_AUDIT");
      assertThat(cluster.read(TOPICS.autoAccept())).hasSize(1);
    }
  }

  @Test
  void signed_live_onlyTrustedKeysAreObeyed() throws Exception {
    SigningKey operator = key();
    SigningKey monitor = key();
    KeyFile.write(directory.resolve("operator"), operator);
    KeyFile.write(directory.resolve("monitor"), monitor);
    ControlOrder stop = new ControlOrder(
        "passenger", new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE), 1, "monitor", 0);
    ControlOrder lift =
        new ControlOrder("passenger", new ControlOrder.Lift("PAUSE"), 2, "monitor", 0);
    cluster.release("passenger/hotfix", 1, 0);
    cluster.release("passenger/hotfix", 2, 0, operator);
    try (GateApp app = cluster.started(Map.of(
        "keys.operators", directory.resolve("operator.pub").toString(),
        "keys.monitors", directory.resolve("monitor.pub").toString()))) {
      assertThat(cluster.reports(2).stream().map(InstanceReport::state))
          .containsExactly(InstanceReport.State.REFUSED, InstanceReport.State.ACTIVATED);
      cluster.order(stop.key(), stop.unsigned().signedBy(monitor));
      await("the pause", () -> !app.inForce().controls().active().isEmpty());
      cluster.order(lift.key(), lift.unsigned().signedBy(monitor));
      await("the lift was read", () -> app.inForce().controls().offset().orElse(-1) == 1);

      assertThat(app.inForce().controls().active()).containsExactly(Controls.Kind.PAUSE);
      cluster.order(lift.key(), lift.unsigned().signedBy(operator));
      await("its end", () -> app.inForce().controls().active().isEmpty());
    }
  }

  private static SigningKey key() throws NoSuchAlgorithmException {
    return SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  @Test
  void start_topicsMissing_namesThem() {
    try (GateApp app = cluster.app(Map.of("scope", "listing"))) {
      assertThatThrownBy(app::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("weir.listing.records")
          .hasMessageContaining("create them first");
    }
  }

  @Test
  void start_withoutARelease_consumesNothing() throws Exception {
    cluster.passenger("", SPENDER, Map.of());
    try (GateCluster.Starting starting = cluster.starting(Map.of())) {
      GateApp app = starting.app();
      cluster.publish(1, GateCluster.bytes("not an envelope"));
      cluster.reports(1);
      assertThat(app.isReady()).isFalse();
      assertThat(cluster.read(TOPICS.autoAccept())).isEmpty();

      cluster.release("passenger/hotfix", 2, 0);

      assertThat(cluster.decisions(1)).hasSize(1);
    }
  }

  @Test
  void start_belowAnEpochOfBefore_waitsForAHigherOne() throws Exception {
    new EpochFile(directory.resolve("state"), "passenger").raise(5);
    cluster.release("passenger/hotfix", 3, 0);
    cluster.passenger("", SPENDER, Map.of());
    try (GateCluster.Starting starting = cluster.starting(Map.of())) {
      GateApp app = starting.app();
      cluster.reports(1);
      await("the lower epoch", () -> app.book().newest().isPresent());
      assertThat(app.state()).isEqualTo(KafkaStreams.State.CREATED);

      cluster.release("passenger/hotfix", 6, 0);

      assertThat(cluster.decisions(1))
          .allSatisfy(decision -> assertThat(decision.getRelease().getEpoch()).isEqualTo(6));
    }
  }

  @Test
  void restart_openBatches_stayOpenAndCloseOnce() throws Exception {
    cluster.release("passenger/hotfix", 1, 0);
    String changelog = cluster.config(Map.of()).openRecordsTopic();
    try (GateApp app = cluster.started(Map.of())) {
      cluster.passenger("kept", SPENDER, size(3));
      cluster.passenger("kept", SPENDER + 4, size(3));
      await("two open records", () -> open(changelog) == 2);
      assertThat(app.failure()).isEmpty();
    }
    try (GateApp app = cluster.started(Map.of())) {
      assertThat(open(changelog)).isEqualTo(2);
      cluster.passenger("kept", SPENDER + 8, size(3));

      List<Decision> decisions = cluster.decisions(3);

      assertThat(decisions)
          .allSatisfy(decision -> assertThat(decision.getBatch().getSize()).isEqualTo(3));
      assertThat(decisions.stream().map(Decision::getRecordId))
          .containsExactlyInAnyOrder("0003_01", "0007_01", "0011_01");
      await("no open record", () -> open(changelog) == 0);
      assertThat(app.failure()).isEmpty();
    }
  }

  private int open(String changelog) {
    return OpenRecords.read(cluster.clients(), changelog, Duration.ofSeconds(30)).values().stream()
        .mapToInt(NavigableSet::size)
        .sum();
  }
}
