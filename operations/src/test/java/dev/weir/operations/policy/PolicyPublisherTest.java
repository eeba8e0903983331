package dev.weir.operations.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class PolicyPublisherTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(700);

  private final Cluster cluster;

  PolicyPublisherTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private TopicNames fresh(String prefix) {
    TopicNames names = new TopicNames(prefix, "passenger");
    new Topics(cluster, names).make(new TopicSizes(1, 1));
    return names;
  }

  private static ReleaseDraft draft(String version) {
    return new ReleaseDraft(
        version,
        5,
        OptionalLong.empty(),
        Fingerprint.of("bundle"),
        JsonNodeFactory.instance.objectNode().put("semantics", 1));
  }

  private void write(String topic, String key, byte[] value) {
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      Cluster.await(
          writer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)),
          "writing");
    }
  }

  private void report(
      TopicNames names, String instance, PublishedRelease release, InstanceReport.State state) {
    InstanceReport report = new InstanceReport(
        instance,
        names.scope(),
        release.offset(),
        OptionalLong.of(release.epoch()),
        Optional.of("v"),
        state,
        state == InstanceReport.State.REFUSED ? "no" : "",
        Optional.empty(),
        Optional.empty(),
        1);
    write(names.activations(), report.key(), new ActivationCodec().encode(report));
  }

  @Test
  void publish_oneAfterTheOther_epochsRise() {
    TopicNames names = fresh("epochs");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());

    assertThat(publisher.newestEpoch()).isEmpty();
    assertThat(publisher.publish(draft("a")))
        .isEqualTo(new PublishedRelease("passenger", Purpose.DECIDE, 1, 0));
    assertThat(publisher.publish(draft("b"), 9).epoch()).isEqualTo(9);
    assertThat(publisher.publish(draft("c")).epoch()).isEqualTo(10);
    assertThat(publisher.newestEpoch()).hasValue(10);
  }

  @Test
  void publish_draft_isAnUnsignedEnvelopeUnderItsKey() {
    TopicNames names = fresh("envelope");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    publisher.publish(draft("a"));
    TopicReader reader = new TopicReader(cluster);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    reader.read(reader.spans(List.of(names.policies()), TopicReader.End.COMMITTED), records::add);

    assertThat(records).hasSize(1);
    assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("passenger@1");
    var envelope = new EnvelopeCodec().decode(records.get(0).value());
    assertThat(envelope.signatures()).isEmpty();
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    assertThat(payload.epoch()).isEqualTo(1);
    assertThat(payload.version()).isEqualTo("a");
    assertThat(payload.effectiveFrom()).isEqualTo(5);
  }

  @Test
  void publish_withSigners_isSignedByAllOfThem() {
    TopicNames names = fresh("signed");
    SigningKey alice = NewKey.make();
    SigningKey bob = NewKey.make();
    new PolicyPublisher(cluster, names, List.of(alice, bob)).publish(draft("a"));

    new TrustedKeys(List.of(alice.publicKey(), bob.publicKey()), 2).require(only(names));
  }

  @Test
  void publish_frozenRelease_goesOutAsItIs() {
    TopicNames names = fresh("frozen");
    SigningKey alice = NewKey.make();
    Envelope frozen =
        draft("a").payload("passenger", 12).unsigned(Purpose.DECIDE).signedBy(alice);

    PublishedRelease found = new PolicyPublisher(cluster, names, List.of()).publish(frozen);

    assertThat(found).isEqualTo(new PublishedRelease("passenger", Purpose.DECIDE, 12, 0));
    assertThat(only(names)).usingRecursiveComparison().isEqualTo(frozen);
  }

  @Test
  void publish_frozenReleaseOfOtherScope_isRefused() {
    TopicNames names = fresh("foreign");
    Envelope frozen = draft("a").payload("listing", 12).unsigned(Purpose.DECIDE);

    assertThatThrownBy(() -> new PolicyPublisher(cluster, names, List.of()).publish(frozen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'listing', not 'passenger'");
  }

  private Envelope only(TopicNames names) {
    TopicReader reader = new TopicReader(cluster);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    reader.read(reader.spans(List.of(names.policies()), TopicReader.End.COMMITTED), records::add);
    assertThat(records).hasSize(1);
    return new EnvelopeCodec().decode(records.get(0).value());
  }

  @Test
  void newestEpoch_otherScopesAndRubbish_arePassedOver() {
    TopicNames names = fresh("rubbish");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    publisher.publish(draft("a"), 3);
    new PolicyPublisher(cluster, new TopicNames("rubbish", "listing"), List.of())
        .publish(draft("b"), 50);
    write(names.policies(), "passenger@x", new byte[] {1});
    write(names.policies(), "passenger@99999999999999999999", new byte[] {1});

    assertThat(publisher.newestEpoch()).hasValue(3);
  }

  @Test
  void newestEpoch_unreadableEnvelope_hasUsedUpItsEpoch() {
    TopicNames names = fresh("used");
    write(names.policies(), "passenger@7", new byte[] {1});

    assertThat(new PolicyPublisher(cluster, names, List.of()).newestEpoch()).hasValue(7);
  }

  @Test
  void publish_anUnsignedReleaseTookTheLastEpoch_countsOnlyWhatTheGatesTake() {
    TopicNames names = fresh("exhausted");
    SigningKey alice = NewKey.make();
    TrustedKeys gates = TrustedKeys.anyOf(List.of(alice.publicKey()));
    PolicyPublisher anybody = new PolicyPublisher(cluster, names, List.of());
    PolicyPublisher ours = new PolicyPublisher(cluster, names, List.of(alice), Optional.of(gates));
    anybody.publish(draft("eve's"), ReleasePayload.EPOCH_MAX);
    write(names.policies(), "passenger@999999999999999999", new byte[] {1});

    assertThat(ours.publish(draft("a")).epoch()).isEqualTo(1);
    assertThat(ours.publish(draft("b")).epoch()).isEqualTo(2);
    assertThatThrownBy(() -> anybody.publish(draft("c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leaves no number for another")
        .hasMessageContaining("--config");
  }

  @Test
  void await_namedInstance_returnsItsReport() {
    TopicNames names = fresh("named");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    PublishedRelease release = publisher.publish(draft("a"));
    report(names, "gate-1", release, InstanceReport.State.ACTIVATED);
    report(names, "gate-2", release, InstanceReport.State.REFUSED);

    Optional<InstanceReport> found = publisher.await(release, Optional.of("gate-2"), LONG);

    assertThat(found.map(InstanceReport::state)).contains(InstanceReport.State.REFUSED);
    assertThat(found.map(InstanceReport::reason)).contains("no");
    assertThat(publisher.await(release, Optional.empty(), LONG)).isPresent();
  }

  @Test
  void await_nobodyReportsThisRelease_returnsEmptyAtTheLimit() {
    TopicNames names = fresh("nobody");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    PublishedRelease first = publisher.publish(draft("a"));
    PublishedRelease second = publisher.publish(draft("b"));
    report(names, "gate-1", first, InstanceReport.State.ACTIVATED);
    write(names.activations(), "rubbish", new byte[] {1});

    assertThat(publisher.await(second, Optional.empty(), SHORT)).isEmpty();
  }

  @Test
  void await_waitingForBundle_isReturnedOnlyAtTheLimit() {
    TopicNames names = fresh("waiting");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    PublishedRelease release = publisher.publish(draft("a"));
    report(names, "gate-1", release, InstanceReport.State.WAITING_FOR_BUNDLE);

    assertThat(publisher.await(release, Optional.empty(), SHORT).map(InstanceReport::state))
        .contains(InstanceReport.State.WAITING_FOR_BUNDLE);

    report(names, "gate-1", release, InstanceReport.State.ACTIVATED);
    assertThat(publisher.await(release, Optional.empty(), LONG).map(InstanceReport::state))
        .contains(InstanceReport.State.ACTIVATED);
  }

  @Test
  void newestEpoch_noTopic_saysWhich() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new PolicyPublisher(cluster, new TopicNames("none", "passenger"), List.of())
                .newestEpoch())
        .withMessageContaining("none.policies");
  }

  @Test
  void publishShadow_besideReleases_hasEpochsOfItsOwn() {
    TopicNames names = fresh("shadows");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    publisher.publish(draft("a"));

    assertThat(publisher.endShadow(9)).isEmpty();
    assertThat(publisher.publishShadow(draft("b")))
        .isEqualTo(new PublishedRelease("passenger", Purpose.SHADOW, 1, 1));
    assertThat(publisher.publishShadow(draft("c")).epoch()).isEqualTo(2);
    assertThat(publisher.publish(draft("d")).epoch()).isEqualTo(2);
    assertThat(publisher.newestEpoch()).hasValue(2);
    assertThat(publisher.endShadow(9))
        .contains(new PublishedRelease("passenger", Purpose.SHADOW, 3, 4));

    List<ReleasePayload> found = new ArrayList<>();
    TopicReader reader = new TopicReader(cluster);
    reader.read(
        reader.spans(List.of(names.policies()), TopicReader.End.WRITTEN),
        record -> found.add(
            ReleasePayload.read(new EnvelopeCodec().decode(record.value()).payload())));
    assertThat(found.get(4).version()).isEqualTo("c");
    assertThat(found.get(4).expires()).hasValue(9);
  }
}
