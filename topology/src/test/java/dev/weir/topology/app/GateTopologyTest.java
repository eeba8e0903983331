package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collect;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.collect.OpenCounts;
import dev.weir.topology.collect.RecordIds;
import dev.weir.topology.collect.Unread;
import dev.weir.topology.decide.Decide;
import dev.weir.topology.decide.DecideFunction;
import dev.weir.topology.decide.ReleaseRecordIds;
import dev.weir.topology.metric.GateMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole topology does; long because each of its behaviours is one test of the same driver. */
class GateTopologyTest {
  private static final TopicNames TOPICS = TopicNames.of("passenger");
  private static final CollectLimits LIMITS = CollectLimits.DEFAULTS.withTimes(1_000, 5_000);
  private static final int SPENDER = 3;
  private static final int IDLER = 1;

  @TempDir
  Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private InForce inForce;
  private RecordCodec records;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;

  @BeforeEach
  void start() {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    records = RecordCodec.of(bundle.definition().domain());
    inForce = new InForce(
        new ReleaseBook(42, List.of(release(bundle, 1, 0), release(bundle, 2, 1_000))),
        Controls.NONE);
    drive(Release::decide);
  }

  private static Release release(Bundle bundle, long epoch, long effectiveFrom) {
    PolicyFile file =
        PolicyFile.read("hotfix", PolicyFile.shippedText("passenger/hotfix"), bundle.definition());
    Gate gate = new Gate(file.policy(), bundle, Secrets.DEMO);
    return new Release(
        "passenger",
        "v" + epoch,
        epoch,
        effectiveFrom,
        OptionalLong.empty(),
        file.fingerprint(),
        gate);
  }

  private void drive(DecideFunction function) {
    drive(LIMITS, function);
  }

  private void drive(CollectLimits limits, DecideFunction function) {
    drive(
        limits,
        function,
        new Collect.Surroundings(
            Unread.NOTHING,
            () -> new ReleaseRecordIds(
                () -> inForce, TOPICS.records(), PayloadReader::withoutRegistry),
            new OpenCounts()));
  }

  private void drive(CollectLimits limits, DecideFunction function, Collect.Surroundings around) {
    stop();
    Properties settings = new Properties();
    settings.put("application.id", "gate");
    settings.put("bootstrap.servers", "unused:1");
    settings.put("processing.exception.handler", LastNet.class.getName());
    driver = new TopologyTestDriver(
        GateTopology.of(
            TOPICS,
            new Collect(limits, around),
            new Decide(
                TOPICS.records(),
                PayloadReader::withoutRegistry,
                function,
                () -> inForce,
                new GateMetrics(meters))),
        settings,
        Instant.ofEpochMilli(1_000_000));
    input = driver.createInputTopic(
        TOPICS.records(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void send(String batch, byte[] value, long time, Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, bytes(text)));
    input.pipeInput(new TestRecord<>(
        batch.isEmpty() ? null : bytes(batch), value, all, Instant.ofEpochMilli(time)));
  }

  private void passenger(String batch, int number, long time) {
    send(batch, records.encodeJson(TinyBundle.passenger(number), List.of()), time, Map.of());
  }

  private void end(String batch, long time) {
    send(batch, null, time, Map.of(Headers.BATCH_END, ""));
  }

  private List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private List<Decision> decisions(String topic) {
    DecisionCodec codec = new DecisionCodec();
    return read(topic).stream().map(record -> codec.decode(record.value())).toList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void describe_topology_isTheGoldenOne() throws Exception {
    String golden;
    try (var in = GateTopologyTest.class.getResourceAsStream("topology.txt")) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(GateTopology.of(TOPICS, LIMITS, Release::decide, () -> inForce)
            .describe()
            .toString()
            .strip())
        .isEqualTo(golden.strip());
  }

  @Test
  void route_singleSpender_isAcceptedUnderItsId() {
    passenger("", SPENDER, 77);

    List<TestRecord<byte[], byte[]>> accepted = read(TOPICS.autoAccept());

    assertThat(accepted).singleElement().satisfies(record -> {
      assertThat(record.key()).isEqualTo(bytes("0003_01"));
      assertThat(record.timestamp()).isEqualTo(77);
      Decision decision = new DecisionCodec().decode(record.value());
      assertThat(decision.getBatch().getCloseReason()).hasToString("SINGLE");
      assertThat(decision.getRelease().getBook()).isEqualTo(42);
    });
  }

  @Test
  void route_members_areInReceivedOrderWithTheirSources() {
    passenger("b", IDLER, 3);
    passenger("other", SPENDER, 3);
    passenger("b", IDLER + 1, 1);
    passenger("b", IDLER + 4, 2);
    end("b", 9);

    List<Decision> decisions = decisions(TOPICS.priorityAudit());

    assertThat(decisions.stream().map(Decision::getRecordId))
        .containsExactly("0001_01", "0002_01", "0005_01");
    assertThat(decisions.stream().map(d -> d.getSource().getOffset())).containsExactly(0L, 2L, 3L);
    assertThat(decisions).allSatisfy(d -> assertThat(d.getBatch().getPart()).isZero());
  }

  @Test
  void release_chosenByTheLargestTimestamp_rejectedCountAndMarkersDoNot() {
    passenger("old", SPENDER, 999);
    end("old", 5_000);
    passenger("new", SPENDER, 5);
    send("new", bytes("poison"), 1_000, Map.of());
    end("new", 5);

    List<Decision> decisions = new java.util.ArrayList<>(decisions(TOPICS.autoAccept()));
    decisions.addAll(decisions(TOPICS.priorityAudit()));

    assertThat(decisions)
        .extracting(d -> d.getBatch().getId(), d -> d.getRelease().getEpoch())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("old", 1L),
            org.assertj.core.groups.Tuple.tuple("new", 2L));
  }

  @Test
  void route_rejectedInABatch_holdsItAndKeepsOriginalBytes() {
    passenger("b", SPENDER, 1);
    send("b", bytes("poison"), 2, Map.of("trace", "t1"));
    send("b", bytes("{\"PassengerId\": \"9\", \"Age\": -3, \"Spa\": -1}"), 3, Map.of());
    send("b", null, 4, Map.of());
    send("b", bytes("{}"), 5, Map.of(Headers.BATCH_SIZE, "many"));
    assertThat(read(TOPICS.deadLetters())).isEmpty();
    end("b", 6);

    List<TestRecord<byte[], byte[]>> letters = read(TOPICS.deadLetters());

    assertThat(letters.stream().map(letter -> header(letter, Headers.CAUSE)))
        .containsExactly("UNDECODABLE", "INVALID", "UNDECODABLE", "BAD_HEADER");
    assertThat(letters.get(0).value()).isEqualTo(bytes("poison"));
    assertThat(letters.get(0).key()).isEqualTo(bytes("b"));
    assertThat(letters.get(0).timestamp()).isEqualTo(2);
    assertThat(header(letters.get(0), "trace")).isEqualTo("t1");
    assertThat(header(letters.get(0), Headers.SOURCE_TOPIC)).isEqualTo(TOPICS.records());
    assertThat(header(letters.get(0), Headers.SOURCE_PARTITION)).isEqualTo("0");
    assertThat(header(letters.get(0), Headers.SOURCE_OFFSET)).isEqualTo("1");
    assertThat(header(letters.get(0), Headers.BATCH)).isEqualTo("b#0");
    assertThat(header(letters.get(1), Headers.MESSAGE)).contains("Age '-3").contains("Spa '-1");
    assertThat(letters.get(2).value()).isNull();
    assertThat(decisions(TOPICS.priorityAudit())).singleElement().satisfies(decision -> {
      assertThat(decision.getRoute()).hasToString("HELD");
      assertThat(decision.getBatch().getSize()).isEqualTo(5);
      assertThat(decision.getBatch().getRejected()).isEqualTo(4);
    });
    assertThat(read(TOPICS.holds()))
        .singleElement()
        .satisfies(hold -> assertThat(hold.key()).isEqualTo(bytes("b")));
  }

  @Test
  void route_batchOfRejectedAlone_isDeadLettersAndNoHold() {
    send("", bytes("poison"), 2, Map.of());

    assertThat(read(TOPICS.deadLetters())).hasSize(1);
    assertThat(read(TOPICS.holds())).isEmpty();
  }

  @Test
  void decide_throws_everyValidRecordGoesToAuditAndTheGateGoesOn() {
    drive((release, controls, batch, book) -> {
      throw new IllegalStateException("broken");
    });
    passenger("b", SPENDER, 1);
    send("b", bytes("poison"), 2, Map.of());
    passenger("b", IDLER, 3);
    end("b", 4);
    passenger("", SPENDER, 5);

    assertThat(read(TOPICS.priorityAudit())).hasSize(3).allSatisfy(audit -> {
      var decision = new DecisionCodec().decode(audit.value());
      assertThat(decision.getReasons()).extracting(Enum::name).containsExactly("ENGINE_FAULT");
      assertThat(decision.getScore()).isNull();
      assertThat(decision.getRaw()).isNotEmpty();
    });
    assertThat(read(TOPICS.deadLetters()))
        .singleElement()
        .satisfies(letter -> assertThat(header(letter, Headers.CAUSE)).isEqualTo("UNDECODABLE"));
    assertThat(read(TOPICS.alerts())).hasSize(2).first().satisfies(alert -> {
      assertThat(alert.key()).isEqualTo(bytes("ENGINE_FAULT/b"));
      assertThat(new AlertCodec().decode(alert.value()).getMessage())
          .contains("its 3 records go to audit or dead letters")
          .contains("broken");
    });
    assertThat(read(TOPICS.autoAccept())).isEmpty();
    assertThat(read(TOPICS.holds())).isEmpty();
  }

  @Test
  void expire_idle_closesByTheWallClock() {
    passenger("b", SPENDER, 1);
    driver.advanceWallClockTime(Duration.ofMillis(999));
    assertThat(read(TOPICS.autoAccept())).isEmpty();
    driver.advanceWallClockTime(Duration.ofMillis(101));

    assertThat(decisions(TOPICS.autoAccept()))
        .singleElement()
        .satisfies(
            decision -> assertThat(decision.getBatch().getCloseReason()).hasToString("IDLE"));
  }

  @Test
  void expire_neverIdle_closesByAge() {
    for (int i = 0; i < 10; i++) {
      passenger("b", SPENDER + 4 * i, 1);
      driver.advanceWallClockTime(Duration.ofMillis(600));
    }

    assertThat(decisions(TOPICS.autoAccept()))
        .hasSize(9)
        .allSatisfy(d -> assertThat(d.getBatch().getCloseReason()).hasToString("AGE"));
  }

  @Test
  void close_batches_leavesTheStoresEmpty() {
    passenger("b", SPENDER, 1);
    passenger("c", SPENDER, 1);
    assertThat(driver.getKeyValueStore("open-records").approximateNumEntries()).isEqualTo(2);
    end("b", 3);
    end("c", 3);
    passenger("", SPENDER, 1);

    assertThat(driver.getKeyValueStore("open-records").approximateNumEntries()).isZero();
  }

  @Test
  void size_twoAnnounced_firstCountsAndAnAlertSaysSo() {
    byte[] value = records.encodeJson(TinyBundle.passenger(SPENDER), List.of());
    send("b", value, 1, Map.of(Headers.BATCH_SIZE, "3"));
    send("b", value, 2, Map.of(Headers.BATCH_SIZE, "2"));
    assertThat(read(TOPICS.alerts())).isEmpty();
    send("b", value, 3, Map.of(Headers.BATCH_SIZE, "2"));

    assertThat(decisions(TOPICS.autoAccept())).hasSize(3);
    assertThat(read(TOPICS.alerts())).singleElement().satisfies(alert -> {
      assertThat(alert.key()).isEqualTo(bytes("SIZE_CONFLICT/b"));
      assertThat(new AlertCodec().decode(alert.value()).getMessage())
          .contains("announced 3 records first and 2 at offset 1")
          .contains("closed with 3 by SIZE");
    });
  }

  @Test
  void dedupe_sameBatchAndId_isADeadLetterAndDoesNotCount() {
    drive(LIMITS.withDedupe(100), Release::decide);
    byte[] value = records.encodeJson(TinyBundle.passenger(SPENDER), List.of());
    send("b", value, 1, Map.of(Headers.BATCH_SIZE, "2"));
    send("b", value, 2, Map.of(Headers.BATCH_SIZE, "2"));
    passenger("other", SPENDER, 3);
    assertThat(decisions(TOPICS.autoAccept())).isEmpty();
    passenger("b", SPENDER + 4, 4);
    passenger("b", SPENDER, 5);

    assertThat(decisions(TOPICS.autoAccept()))
        .extracting(d -> d.getSource().getOffset(), d -> d.getBatch().getSize())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0L, 2), org.assertj.core.groups.Tuple.tuple(3L, 2));
    List<TestRecord<byte[], byte[]>> letters = read(TOPICS.deadLetters());
    assertThat(letters.stream().map(letter -> header(letter, Headers.SOURCE_OFFSET)))
        .containsExactly("1", "4");
    assertThat(letters).allSatisfy(letter -> {
      assertThat(header(letter, Headers.CAUSE)).isEqualTo("DUPLICATE");
      assertThat(header(letter, Headers.MESSAGE)).contains("at offset 0");
      assertThat(letter.value()).isEqualTo(value);
    });
  }

  @Test
  void dedupe_singles_areDroppedByIdAloneAndTheEldestForgotten() {
    drive(LIMITS.withDedupe(1), Release::decide);
    passenger("", SPENDER, 1);
    passenger("", SPENDER, 2);
    passenger("", SPENDER + 4, 3);
    passenger("", SPENDER, 4);

    assertThat(decisions(TOPICS.autoAccept()).stream().map(d -> d.getSource().getOffset()))
        .containsExactly(0L, 2L, 3L);
    assertThat(read(TOPICS.deadLetters())).hasSize(1);
    assertThat(driver.getKeyValueStore("seen-records").approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void dedupe_offOrUnreadable_dropsNothing() {
    passenger("", SPENDER, 1);
    passenger("", SPENDER, 2);
    assertThat(decisions(TOPICS.autoAccept())).hasSize(2);
    drive(LIMITS.withDedupe(100), Release::decide);
    send("", bytes("poison"), 1, Map.of());
    send("", bytes("poison"), 2, Map.of());

    assertThat(read(TOPICS.deadLetters()).stream().map(letter -> header(letter, Headers.CAUSE)))
        .containsExactly("UNDECODABLE", "UNDECODABLE");
  }

  @Test
  void dedupe_recordRejectedUnread_doesNotStandInTheWayOfTheSameSentRight() {
    drive(LIMITS.withDedupe(100), Release::decide);
    byte[] value = records.encodeJson(TinyBundle.passenger(SPENDER), List.of());
    send("b", value, 1, Map.of(Headers.BATCH_SIZE, "x"));
    send("b", value, 2, Map.of(Headers.BATCH_SIZE, "2"));

    assertThat(read(TOPICS.deadLetters()).stream().map(letter -> header(letter, Headers.CAUSE)))
        .containsExactly("BAD_HEADER");
  }

  @Test
  void openBytesMax_interleavedBatches_theIdlestCloseWhole() {
    CollectLimits.Open little = new CollectLimits.Open(100, 4_000, 20);
    drive(
        new CollectLimits(1_000, 1_000_000, CollectLimits.Times.DEFAULTS, little, 0),
        Release::decide);
    for (int i = 0; i < 8; i++) {
      passenger("b" + i % 2, SPENDER + 4 * i, 1);
    }
    passenger("b2", SPENDER, 1);

    assertThat(decisions(TOPICS.autoAccept())).isNotEmpty().allSatisfy(decision -> {
      assertThat(decision.getBatch().getId()).startsWith("b");
      assertThat(decision.getBatch().getCloseReason()).hasToString("IDLE");
    });
  }

  @Test
  void expire_unreadRecords_keepBatchesOpenUntilTheHardLimit() {
    boolean[] hasUnread = {true};
    CollectLimits limits = new CollectLimits(
        1_000,
        1_000_000,
        new CollectLimits.Times(200, 400, 5_000, 100),
        CollectLimits.Open.DEFAULTS,
        0);
    drive(
        limits,
        Release::decide,
        new Collect.Surroundings(
            (partition, offset) -> hasUnread[0], () -> RecordIds.NONE, new OpenCounts()));
    passenger("behind", SPENDER, 1);
    driver.advanceWallClockTime(Duration.ofMillis(900));
    assertThat(read(TOPICS.autoAccept())).isEmpty();
    hasUnread[0] = false;
    driver.advanceWallClockTime(Duration.ofMillis(100));
    assertThat(decisions(TOPICS.autoAccept())).hasSize(1);
    hasUnread[0] = true;
    passenger("never-ending", SPENDER, 1);
    for (int i = 0; i < 5; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(1_000));
    }

    assertThat(decisions(TOPICS.autoAccept()))
        .singleElement()
        .satisfies(d -> assertThat(d.getBatch().getCloseReason()).hasToString("AGE"));
  }

  @Test
  void expire_clockJumpsAnHour_closesNothing() {
    CollectLimits patient = CollectLimits.DEFAULTS.withTimes(2_000, 5_000);
    drive(patient, Release::decide);
    passenger("b", SPENDER, 1);
    driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(read(TOPICS.autoAccept())).isEmpty();
  }

  @Test
  void metrics_everyEvent_isCountedUnderItsTags() {
    passenger("", SPENDER, 1_000);
    passenger("", SPENDER + 4, 5);
    passenger("b", SPENDER, 1);
    send("b", bytes("poison"), 2, Map.of());
    end("b", 3);

    assertThat(meters
            .get("weir.gate.decisions")
            .tags("policy", "v1", "route", "auto_accept")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(meters
            .get("weir.gate.decisions")
            .tags("policy", "v2", "route", "auto_accept")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(meters
            .get("weir.gate.decisions")
            .tags("policy", "v1", "route", "held")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(meters.get("weir.gate.holds").counter().count()).isEqualTo(1);
    assertThat(meters
            .get("weir.gate.dead.letters")
            .tag("cause", "UNDECODABLE")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(meters.get("weir.gate.batches").tag("reason", "SINGLE").counter().count())
        .isEqualTo(2);
    assertThat(meters.get("weir.gate.batches").tag("reason", "MARKER").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("weir.gate.decide").timer().count()).isEqualTo(3);
  }

  @Test
  void decide_withoutARelease_stops() {
    inForce = new InForce(ReleaseBook.EMPTY, Controls.NONE);

    assertThatThrownBy(() -> passenger("", SPENDER, 1))
        .hasStackTraceContaining("closed before the first release");
  }
}
