package dev.weir.operations.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.InstanceReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class PolicyHistoryTest {
  private final Cluster cluster;

  PolicyHistoryTest(Cluster cluster) {
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
        JsonNodeFactory.instance.objectNode().put("name", version));
  }

  private void report(TopicNames names, String instance, long epoch, InstanceReport.State state) {
    InstanceReport report = new InstanceReport(
        instance,
        names.scope(),
        epoch,
        OptionalLong.of(epoch),
        Optional.of("v" + epoch),
        state,
        "",
        Optional.empty(),
        Optional.empty(),
        epoch);
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      Cluster.await(
          writer.send(new ProducerRecord<>(
              names.activations(),
              report.key().getBytes(StandardCharsets.UTF_8),
              new ActivationCodec().encode(report))),
          "writing");
    }
  }

  @Test
  void again_withoutAnEpoch_isTheReleaseBeforeTheNewest() {
    TopicNames names = fresh("history-before");
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of());
    publisher.publish(draft("good"));
    publisher.publish(draft("bad"));
    new PolicyPublisher(cluster, new TopicNames("history-before", "other"), List.of())
        .publish(draft("of others"));
    PolicyHistory history = new PolicyHistory(cluster, names);

    publisher.publish(history.again(OptionalLong.empty(), 9));

    assertThat(history.releases())
        .extracting(ReleasePayload::epoch, ReleasePayload::version, ReleasePayload::effectiveFrom)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "good", 5L),
            org.assertj.core.groups.Tuple.tuple(2L, "bad", 5L),
            org.assertj.core.groups.Tuple.tuple(3L, "good", 9L));
    assertThat(history.again(OptionalLong.of(2), 9).version()).isEqualTo("bad");
  }

  @Test
  void again_releasesThatEveryInstanceRefuses_areNeitherGoneBackToNorFrom() {
    TopicNames names = fresh("history-refused");
    SigningKey alice = NewKey.make();
    PolicyPublisher signed = new PolicyPublisher(cluster, names, List.of(alice));
    signed.publish(draft("good"), 1);
    signed.publish(draft("bad"), 2);
    signed.publish(draft("of an epoch that was"), 1);
    new PolicyPublisher(cluster, names, List.of()).publish(draft("by nobody"), 3);

    PolicyHistory history = new PolicyHistory(
        cluster, names, Optional.of(TrustedKeys.anyOf(List.of(alice.publicKey()))));

    assertThat(history.again(OptionalLong.empty(), 9).version()).isEqualTo("good");
    assertThatThrownBy(() -> history.again(OptionalLong.of(3), 9))
        .hasMessageContaining("it has [1, 2]");
  }

  @Test
  void again_noSuchRelease_saysWhichThereAre() {
    TopicNames names = fresh("history-none");
    PolicyHistory history = new PolicyHistory(cluster, names);
    assertThatThrownBy(() -> history.again(OptionalLong.empty(), 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "has no release in history-none.policies; there is none to go back to");
    new PolicyPublisher(cluster, names, List.of()).publish(draft("only"));

    assertThatThrownBy(() -> history.again(OptionalLong.of(7), 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no release of epoch 7")
        .hasMessageContaining("[1]");
  }

  @Test
  void instances_reports_giveTheLastAndWhatIsActivated() {
    TopicNames names = fresh("history-instances");
    report(names, "a", 1, InstanceReport.State.ACTIVATED);
    report(names, "a", 2, InstanceReport.State.REFUSED);
    report(names, "b", 2, InstanceReport.State.WAITING_FOR_BUNDLE);

    var instances = new PolicyHistory(cluster, names).instances();

    assertThat(instances).containsOnlyKeys("a", "b");
    assertThat(instances.get("a").last().state()).isEqualTo(InstanceReport.State.REFUSED);
    assertThat(instances.get("a").activated().orElseThrow().epoch()).hasValue(1);
    assertThat(instances.get("b").activated()).isEmpty();
  }
}
