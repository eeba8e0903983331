package dev.weir.operations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.operations.policy.NewKey;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.EnvelopeCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class ControlPublisherTest {
  private final Cluster cluster;

  ControlPublisherTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private TopicNames fresh(String prefix) {
    TopicNames names = new TopicNames(prefix, "passenger");
    new Topics(cluster, names).make(new TopicSizes(1, 1));
    return names;
  }

  @Test
  void stopAndLift_oneAfterTheOther_sequencesRiseByKind() {
    ControlPublisher publisher =
        new ControlPublisher(cluster, fresh("control-sequence"), List.of(), Optional.empty());

    ControlOrder first = publisher.stop(ControlOrder.Stop.Kind.PAUSE, "ann", 5);
    ControlOrder other = publisher.stop(ControlOrder.Stop.Kind.BREAKER, "ann", 5);
    ControlOrder lift = publisher.lift("PAUSE", "ann", 6);

    assertThat(first)
        .isEqualTo(new ControlOrder(
            "passenger", new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE), 1, "ann", 5));
    assertThat(other.sequence()).isEqualTo(1);
    assertThat(lift.sequence()).isEqualTo(2);
    assertThat(publisher.newest("PAUSE")).contains(lift);
  }

  @Test
  void addCanaries_again_keepsThoseBefore() {
    ControlPublisher publisher =
        new ControlPublisher(cluster, fresh("control-canaries"), List.of(), Optional.empty());
    publisher.addCanaries(Set.of("a", "b"), "ann", 5);

    assertThat(publisher.addCanaries(Set.of("c"), "ann", 6).action())
        .isEqualTo(new ControlOrder.AddCanaries(Set.of("a", "b", "c")));
  }

  @Test
  void addCanaries_tooManyWithThoseInForce_areRefusedAndOrderNothing() {
    ControlPublisher publisher =
        new ControlPublisher(cluster, fresh("control-many"), List.of(), Optional.empty());
    ControlOrder before = publisher.addCanaries(Set.of("a"), "ann", 5);
    Set<String> more = IntStream.range(0, ControlOrder.AddCanaries.IDS_MAX)
        .mapToObj(String::valueOf)
        .collect(Collectors.toSet());

    assertThatThrownBy(() -> publisher.addCanaries(more, "ann", 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("101 canaries, limit 100, those in force among them");
    assertThat(publisher.newest(ControlOrder.AddCanaries.KIND)).contains(before);
  }

  @Test
  void lift_withoutAnOrder_isRefused() {
    ControlPublisher publisher =
        new ControlPublisher(cluster, fresh("control-none"), List.of(), Optional.empty());

    assertThatThrownBy(() -> publisher.lift("PAUSE", "ann", 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no order PAUSE of scope passenger");
    publisher.stop(ControlOrder.Stop.Kind.PAUSE, "ann", 5);
    publisher.lift("PAUSE", "ann", 6);
    assertThatThrownBy(() -> publisher.lift("PAUSE", "ann", 7)).hasMessageContaining("no order");
  }

  @Test
  void stop_withSigners_isSignedUnderItsKey() {
    TopicNames names = fresh("control-signed");
    SigningKey alice = NewKey.make();
    new ControlPublisher(cluster, names, List.of(alice), Optional.empty())
        .stop(ControlOrder.Stop.Kind.KILL_SWITCH, "alice", 5);
    TopicReader reader = new TopicReader(cluster);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    reader.read(reader.spans(List.of(names.controls()), TopicReader.End.COMMITTED), records::add);

    assertThat(records).hasSize(1);
    assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8))
        .isEqualTo("passenger/KILL_SWITCH/1");
    TrustedKeys.anyOf(List.of(alice.publicKey()))
        .require(new EnvelopeCodec().decode(records.get(0).value()));
  }

  @Test
  void stop_anUnsignedOrderTookTheLastSequence_countsOnlyWhatTheGatesObey() {
    TopicNames names = fresh("control-exhausted");
    SigningKey alice = NewKey.make();
    ControlKeys gates = new ControlKeys(TrustedKeys.anyOf(List.of(alice.publicKey())), List.of());
    ControlOrder last = new ControlOrder(
        "passenger",
        new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE),
        ControlOrder.SEQUENCE_MAX,
        "eve",
        5);
    try (var writer = cluster.writer()) {
      Cluster.await(
          writer.send(
              new ProducerRecord<>(names.controls(), new EnvelopeCodec().encode(last.unsigned()))),
          "an unsigned order");
    }

    ControlOrder order = new ControlPublisher(cluster, names, List.of(alice), Optional.of(gates))
        .stop(ControlOrder.Stop.Kind.PAUSE, "alice", 6);

    assertThat(order.sequence()).isEqualTo(1);
    assertThatThrownBy(() -> new ControlPublisher(cluster, names, List.of(alice), Optional.empty())
            .stop(ControlOrder.Stop.Kind.PAUSE, "alice", 6))
        .hasMessageContaining("leaves no number for another")
        .hasMessageContaining("--config");
  }
}
