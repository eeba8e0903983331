package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.gating.verify.Verification;
import dev.weir.gating.verify.Verifier;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.avro.BatchHold;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.jsonl.DecisionLines;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.HoldCodec;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import dev.weir.testkit.cases.GoldenCase;
import dev.weir.testkit.cases.Outcome;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.CollectLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden case, three ways: decided offline, through the topology, and through a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenCasesTest {
  private static final List<GoldenCase> CASES = GoldenCase.in(Path.of("../cases"));
  private static final TopicNames TOPICS = GateCluster.TOPICS;
  private static final long TIME = 1_000;
  private static final Duration POLL = Duration.ofMillis(100);

  private final DecisionCodec decisions = new DecisionCodec();
  private Bundle bundle;
  private GateCluster cluster;
  private GateApp app;
  private KafkaConsumer<byte[], byte[]> activations;
  private KafkaConsumer<byte[], byte[]> outputs;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    cluster = new GateCluster(directory);
    bundle = cluster.bundle;
    cluster.release("passenger/hotfix", 1, 0);
    app = cluster.started(Map.of());
    activations = cluster.reader(List.of(TOPICS.activations()));
    outputs = cluster.reader(List.of(
        TOPICS.autoAccept(),
        TOPICS.priorityAudit(),
        TOPICS.holds(),
        TOPICS.alerts(),
        TOPICS.deadLetters()));
  }

  @AfterAll
  void stop() {
    outputs.close();
    activations.close();
    app.close();
    cluster.close();
  }

  static List<GoldenCase> cases() {
    return CASES;
  }

  private PolicyFile policy(GoldenCase golden) {
    return PolicyFile.read(golden.name() + "/policy.yaml", golden.policy(), bundle.definition());
  }

  private Release release(GoldenCase golden) {
    PolicyFile file = policy(golden);
    Gate gate = new Gate(file.policy(), bundle, Secrets.DEMO);
    return Release.offline(file.fingerprint(), gate);
  }

  private void requireExpected(GoldenCase golden, List<JsonNode> lines) {
    assertThat(new Outcome(lines).differences(golden.expected()))
        .as("cases/" + golden.name())
        .isEmpty();
    List<ObjectNode> decided = lines.stream()
        .filter(line -> line.has("recordId"))
        .map(ObjectNode.class::cast)
        .toList();
    Release release = release(golden);
    assertThat(Verifier.verify(release.gate(), release.policy(), decided))
        .as("verify cases/" + golden.name())
        .matches(Verification::isClean);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void offline_case_isAsExpected(GoldenCase golden) {
    RecordCodec codec = RecordCodec.of(bundle.definition().domain());
    Release release = release(golden);
    List<JsonNode> lines = new ArrayList<>();
    golden.batches().forEach((batch, records) -> {
      List<Batch.Member> members = new ArrayList<>();
      int rejected = 0;
      for (GoldenCase.Received record : records) {
        try {
          Parsed parsed = codec.decode(bytes(record.text()));
          if (parsed instanceof RawRecord raw) {
            members.add(
                new Batch.Member(raw, new Position("case", 0, members.size() + rejected), TIME));
          } else {
            rejected++;
            lines.add(line("deadLetter", text("INVALID")));
          }
        } catch (UndecodableRecord e) {
          rejected++;
          lines.add(line("deadLetter", text("UNDECODABLE")));
        }
      }
      Gate.Outcome outcome = release.decide(
          Controls.NONE,
          new Batch(batch, 0, CloseReason.MARKER, members, rejected, TIME),
          OptionalLong.empty());
      lines.addAll(SealedBatch.of(outcome.decisions()).json());
      outcome
          .hold()
          .ifPresent(hold -> lines.add(line(
              "hold",
              JsonNodeFactory.instance
                  .objectNode()
                  .put("batchId", hold.batch().id())
                  .put("batchSize", hold.batch().size())
                  .put("rejectedInBatch", hold.batch().rejected())
                  .put("fragile", hold.fragile()))));
      outcome
          .alerts()
          .forEach(alert -> lines.add(line("alert", text(alert.kind().name()))));
    });

    requireExpected(golden, lines);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void topology_case_isAsExpected(GoldenCase golden) {
    InForce inForce = new InForce(new ReleaseBook(1, List.of(release(golden))), Controls.NONE);
    Properties settings = new Properties();
    settings.put("application.id", "gate");
    settings.put("bootstrap.servers", "unused:1");
    settings.put("processing.exception.handler", LastNet.class.getName());
    try (TopologyTestDriver driver = new TopologyTestDriver(
        GateTopology.of(TOPICS, CollectLimits.DEFAULTS, Release::decide, () -> inForce),
        settings,
        Instant.ofEpochMilli(1_000_000))) {
      TestInputTopic<byte[], byte[]> input = driver.createInputTopic(
          TOPICS.records(), new ByteArraySerializer(), new ByteArraySerializer());
      send(
          golden,
          (batch, value, headers) ->
              input.pipeInput(new TestRecord<>(batch, value, headers, Instant.ofEpochMilli(TIME))));

      requireExpected(
          golden,
          lines(topic -> driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()
              .stream()
              .map(
                  record -> new Written(record.value(), record.headers().lastHeader(Headers.CAUSE)))
              .toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void broker_case_isAsExpected(GoldenCase golden) throws Exception {
    long epoch = 2 + CASES.indexOf(golden);
    cluster.release(golden.name(), policy(golden), epoch, 0);
    List<ConsumerRecord<byte[], byte[]>> reports = new ArrayList<>();
    GateCluster.await("epoch " + epoch + " is in force", () -> {
      activations.poll(POLL).forEach(reports::add);
      return reports.stream().anyMatch(report -> isOf(epoch, report.value()));
    });

    send(golden, (batch, value, headers) -> cluster.raw(batch, value, TIME, headers));
    List<ConsumerRecord<byte[], byte[]>> written = new ArrayList<>();
    GateCluster.await(golden.expected().size() + " lines", () -> {
      outputs.poll(POLL).forEach(written::add);
      return written.size() >= golden.expected().size();
    });
    outputs.poll(POLL).forEach(written::add);

    requireExpected(
        golden,
        lines(topic -> written.stream()
            .filter(record -> record.topic().equals(topic))
            .map(record -> new Written(record.value(), record.headers().lastHeader(Headers.CAUSE)))
            .toList()));
  }

  private static boolean isOf(long epoch, byte[] report) {
    return new ActivationCodec().decode(report).epoch().equals(OptionalLong.of(epoch));
  }

  /** Where records go. */
  private interface Sender {
    void send(byte[] batch, byte[] value, org.apache.kafka.common.header.Headers headers)
        throws Exception;
  }

  private static void send(GoldenCase golden, Sender sender) {
    golden.batches().forEach((batch, records) -> {
      boolean single = records.get(0).batch().isEmpty();
      byte[] key = single ? null : bytes(batch);
      try {
        for (GoldenCase.Received record : records) {
          sender.send(key, bytes(record.text()), new RecordHeaders());
        }
        if (!single) {
          sender.send(key, null, new RecordHeaders().add(Headers.BATCH_END, new byte[0]));
        }
      } catch (Exception e) {
        throw new IllegalStateException(golden.name(), e);
      }
    });
  }

  /** A record of an output topic. */
  private record Written(byte[] value, Header cause) {}

  private List<JsonNode> lines(java.util.function.Function<String, List<Written>> read) {
    DecisionLines json = new DecisionLines(bundle.definition().domain(), bundle.sources());
    List<JsonNode> lines = new ArrayList<>();
    for (String topic : List.of(TOPICS.autoAccept(), TOPICS.priorityAudit())) {
      for (Written written : read.apply(topic)) {
        Decision decision = decisions.decode(written.value());
        assertThat(topic.equals(TOPICS.autoAccept()))
            .as(decision.getRecordId() + " in " + topic)
            .isEqualTo(decision.getRoute() == dev.weir.schemas.avro.Route.AUTO_ACCEPT);
        lines.add(json.of(decision));
      }
    }
    for (Written written : read.apply(TOPICS.holds())) {
      BatchHold hold = new HoldCodec().decode(written.value());
      lines.add(line(
          "hold",
          JsonNodeFactory.instance
              .objectNode()
              .put("batchId", hold.getBatch().getId())
              .put("batchSize", hold.getBatch().getSize())
              .put("rejectedInBatch", hold.getBatch().getRejected())
              .put("fragile", hold.getFragile())));
    }
    read.apply(TOPICS.alerts())
        .forEach(written -> lines.add(line(
            "alert", text(new AlertCodec().decode(written.value()).getKind().name()))));
    read.apply(TOPICS.deadLetters())
        .forEach(written -> lines.add(
            line("deadLetter", text(new String(written.cause().value(), StandardCharsets.UTF_8)))));
    return lines;
  }

  private static JsonNode line(String kind, JsonNode content) {
    return JsonNodeFactory.instance.objectNode().set(kind, content);
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
