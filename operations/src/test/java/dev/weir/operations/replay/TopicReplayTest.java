package dev.weir.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyTopic;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Replays from topics of a real broker, which hold what a gate would have written. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class TopicReplayTest {
  private static final TopicNames NAMES = new TopicNames("replayed", "passenger");
  private static final int BATCHES = 300;
  private static final int SIZE = 3;
  private static final long TIME = 1_700_000_000_000L;

  @TempDir
  Path directory;

  @Test
  void run_recordsOrProvenance_isTheSameForAnyNumberOfThreads(Cluster cluster) throws Exception {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    write(cluster, bundle);
    TopicReplay replay = new TopicReplay(cluster, NAMES);
    Releases releases = new Releases(
        List.of(bundle),
        Optional.empty(),
        new PublishedBook(
            new PolicyTopic(cluster, NAMES).releases(Purpose.DECIDE),
            Optional.of(TrustedKeys.NONE)),
        Secrets.DEMO);

    ReplayReport provenance = replay.run(
        releases,
        new ReplayRange(Long.MIN_VALUE, Long.MAX_VALUE, 2),
        Optional.empty(),
        (a, b) -> {});
    ReplayReport records = replay.run(
        releases,
        new ReplayRange(Long.MIN_VALUE, Long.MAX_VALUE, 1),
        Optional.of(PayloadReader::withoutRegistry),
        (a, b) -> {});
    ReplayReport half = replay.run(
        releases, new ReplayRange(TIME, TIME + BATCHES / 2, 3), Optional.empty(), (a, b) -> {});

    long valid = (long) BATCHES * (SIZE - 1);
    assertThat(provenance.counts()).isEqualTo(Map.of(Cause.SAME, valid, Cause.UNDECODABLE, 1L));
    assertThat(records.counts()).isEqualTo(provenance.counts());
    assertThat(provenance.isClean()).isFalse();
    assertThat(provenance.examples().get(Cause.UNDECODABLE))
        .singleElement()
        .asString()
        .startsWith(NAMES.priorityAudit() + "-0 offset 0 is no decision: 4 bytes");
    assertThat(half.parts()).isEqualTo(BATCHES / 2);
  }

  /** Batches of two passengers and one record that is none; what lies among the decisions is none either. */
  private static void write(Cluster cluster, Bundle bundle) throws Exception {
    List<String> topics = List.of(
        NAMES.records(),
        NAMES.autoAccept(),
        NAMES.priorityAudit(),
        NAMES.deadLetters(),
        NAMES.policies());
    try (Admin admin = cluster.admin()) {
      admin
          .createTopics(
              topics.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    PolicyFile hotfix =
        PolicyFile.read("hotfix", PolicyFile.shippedText("passenger/hotfix"), bundle.definition());
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      writer.send(new ProducerRecord<>(
          NAMES.policies(),
          bytes("passenger@1"),
          new EnvelopeCodec()
              .encode(new ReleasePayload(
                      "passenger",
                      "v1",
                      1,
                      0,
                      OptionalLong.empty(),
                      bundle.fingerprint(),
                      hotfix.json())
                  .unsigned(Purpose.DECIDE))));
      Release release = new Release(
          "passenger",
          "v1",
          1,
          0,
          OptionalLong.empty(),
          hotfix.fingerprint(),
          new Gate(hotfix.policy(), bundle, Secrets.DEMO));
      writer.send(new ProducerRecord<>(NAMES.priorityAudit(), bytes("none")));
      bury(writer, "no part", 0);
      for (int b = 0; b < BATCHES; b++) {
        batch(writer, bundle, release, b);
      }
    }
  }

  private static void batch(
      Producer<byte[], byte[]> writer, Bundle bundle, Release release, int number) {
    RecordCodec codec = RecordCodec.of(bundle.definition().domain());
    RecordParser parser = new RecordParser(bundle.definition().domain());
    List<Batch.Member> members = new ArrayList<>();
    byte[] key = bytes("b" + number);
    long first = (long) number * SIZE;
    for (int i = 0; i < SIZE - 1; i++) {
      Map<String, Object> values = TinyBundle.passenger(number + i);
      writer.send(new ProducerRecord<>(
          NAMES.records(), 0, TIME + number, key, codec.encodeJson(values, List.of())));
      members.add(new Batch.Member(
          (RawRecord) parser.typed(values::get, List.of()),
          new Position(NAMES.records(), 0, first + i),
          TIME + number));
    }
    writer.send(new ProducerRecord<>(NAMES.records(), 0, TIME + number, key, bytes("none")));
    bury(writer, "b" + number + "#" + first, first + SIZE - 1);
    SealedBatch sealed = SealedBatch.of(release
        .decide(
            Controls.NONE,
            new Batch("b" + number, first, CloseReason.SIZE, members, 1, TIME + number),
            OptionalLong.of(0))
        .decisions());
    List<byte[]> encoded = new DecisionCodec().encode(sealed);
    for (int i = 0; i < encoded.size(); i++) {
      String topic = sealed.decisions().get(i).route() == Route.AUTO_ACCEPT
          ? NAMES.autoAccept()
          : NAMES.priorityAudit();
      writer.send(new ProducerRecord<>(topic, key, encoded.get(i)));
    }
  }

  private static void bury(Producer<byte[], byte[]> writer, String part, long offset) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(NAMES.deadLetters(), bytes("none"));
    letter.headers().add(Headers.CAUSE, Headers.value("UNDECODABLE"));
    letter.headers().add(Headers.SOURCE_TOPIC, Headers.value(NAMES.records()));
    letter.headers().add(Headers.SOURCE_PARTITION, Headers.value(0));
    letter.headers().add(Headers.SOURCE_OFFSET, Headers.value(offset));
    letter.headers().add(Headers.BATCH, Headers.value(part));
    writer.send(letter);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
