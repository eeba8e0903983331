package dev.weir.operations.control;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.SigningKey;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.EnvelopeCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Gives orders to the gates of one scope, each under the sequence number after its kind's newest. */
public final class ControlPublisher {
  private final Cluster cluster;
  private final TopicNames names;
  private final List<SigningKey> signers;
  private final Optional<ControlKeys> gates;
  private final TopicReader topics;
  private final EnvelopeCodec envelopes = new EnvelopeCodec();

  /**
   * @param signers who sign the orders; nobody for instances that have no verifier
   * @param gates whom the gates trust, so that only orders which they obey count; empty to count
   *     every order
   */
  public ControlPublisher(
      Cluster cluster, TopicNames names, List<SigningKey> signers, Optional<ControlKeys> gates) {
    this.cluster = cluster;
    this.names = names;
    this.signers = List.copyOf(signers);
    this.gates = gates;
    this.topics = new TopicReader(cluster);
  }

  /** The newest order of a kind among those that count; empty before the first. */
  public Optional<ControlOrder> newest(String kind) {
    String about = names.scope() + "/" + kind;
    List<ControlOrder> found = new ArrayList<>();
    topics.read(
        topics.spans(List.of(names.controls()), TopicReader.End.WRITTEN),
        record -> order(record).filter(order -> order.about().equals(about)).ifPresent(found::add));
    return found.stream().max(Comparator.comparingLong(ControlOrder::sequence));
  }

  private Optional<ControlOrder> order(ConsumerRecord<byte[], byte[]> record) {
    try {
      Envelope envelope = envelopes.decode(record.value());
      ControlOrder order = ControlOrder.read(envelope);
      gates.ifPresent(keys -> keys.require(envelope, order));
      return Optional.of(order);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Stops something.
   *
   * @param by who orders it
   * @param now epoch milliseconds
   */
  public ControlOrder stop(ControlOrder.Stop.Kind what, String by, long now) {
    return publish(new ControlOrder.Stop(what), by, now);
  }

  /**
   * Adds canaries to those that were added before.
   *
   * @throws IllegalArgumentException if they are too many, or those before are
   */
  public ControlOrder addCanaries(Set<String> ids, String by, long now) {
    Set<String> all = new TreeSet<>(ids);
    newest(ControlOrder.AddCanaries.KIND).map(ControlOrder::action).ifPresent(action -> {
      if (action instanceof ControlOrder.AddCanaries before) {
        all.addAll(before.ids());
      } else if (action instanceof ControlOrder.Unknown) {
        throw new IllegalArgumentException("the order of canaries in force names more than "
            + ControlOrder.AddCanaries.IDS_MAX + ", so that nothing is accepted; lift "
            + ControlOrder.AddCanaries.KIND + " and name them in a policy's canaries.ids");
      }
    });
    return publish(new ControlOrder.AddCanaries(all), by, now);
  }

  /**
   * Lifts the order of a kind.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ControlOrder lift(String kind, String by, long now) {
    if (newest(kind)
        .map(ControlOrder::action)
        .filter(ControlOrder.Tighten.class::isInstance)
        .isEmpty()) {
      throw new IllegalArgumentException(
          "no order " + kind + " of scope " + names.scope() + " is in " + names.controls());
    }
    return publish(new ControlOrder.Lift(kind), by, now);
  }

  private long after(ControlOrder newest) {
    if (newest.sequence() == ControlOrder.SEQUENCE_MAX) {
      throw new IllegalArgumentException(
          "order " + newest.key() + " leaves no number for another; name the gate's weir.yaml by"
              + " --config, so that only orders count which its keys have signed");
    }
    return newest.sequence() + 1;
  }

  private ControlOrder publish(ControlOrder.Action action, String by, long now) {
    long sequence = newest(action.kind()).map(this::after).orElse(1L);
    ControlOrder order = new ControlOrder(names.scope(), action, sequence, by, now);
    Envelope envelope = order.unsigned();
    for (SigningKey signer : signers) {
      envelope = envelope.signedBy(signer);
    }
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      var sent = writer.send(new ProducerRecord<>(
          names.controls(),
          order.key().getBytes(StandardCharsets.UTF_8),
          envelopes.encode(envelope)));
      Cluster.await(sent, "publishing " + order.key());
    }
    return order;
  }
}
