package dev.weir.operations.policy;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What lies on the policy topic for one scope, whether or not anybody takes it. */
public final class PolicyTopic {
  private final TopicNames names;
  private final TopicReader topics;
  private final EnvelopeCodec envelopes = new EnvelopeCodec();

  public PolicyTopic(Cluster cluster, TopicNames names) {
    this.names = names;
    this.topics = new TopicReader(cluster);
  }

  /** A release that can be read and lies under its own key; whether it may decide is not asked. */
  public record Published(long offset, Envelope envelope, ReleasePayload payload) {
    /** Whether gates that trust these keys take its signatures; every gate does that is not known. */
    boolean isTakenBy(Optional<TrustedKeys> gates) {
      try {
        gates.ifPresent(keys -> keys.require(envelope));
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  /**
   * A record of the scope.
   *
   * @param epoch the highest that its key or its content names: it is used up, even where nobody can
   *     read the rest
   * @param release empty where it cannot be read, or lies under another key, where the cleaner could
   *     drop it and every instance refuses it
   */
  record Entry(long epoch, Optional<Published> release) {}

  /** The readable releases of the scope, in the order of the topic, committed ones only. */
  public List<Published> releases(Purpose purpose) {
    return entries(purpose, TopicReader.End.COMMITTED).stream()
        .flatMap(entry -> entry.release().stream())
        .toList();
  }

  /** All that is the scope's by its key or by what it says, in the order of the topic. */
  List<Entry> entries(Purpose purpose, TopicReader.End end) {
    List<Entry> entries = new ArrayList<>();
    topics.read(
        topics.spans(List.of(names.policies()), end),
        record -> entry(record, purpose).ifPresent(entries::add));
    return entries;
  }

  private Optional<Entry> entry(ConsumerRecord<byte[], byte[]> record, Purpose purpose) {
    String text = Headers.text(record.key()).orElse("");
    Optional<ReleaseKey> key = ReleaseKey.parse(text)
        .filter(found -> found.scope().equals(names.scope()) && found.purpose() == purpose);
    Optional<Published> said =
        published(record, purpose).filter(found -> found.payload().scope().equals(names.scope()));
    if (key.isEmpty() && said.isEmpty()) {
      return Optional.empty();
    }
    long epoch = Math.max(
        key.map(ReleaseKey::epoch).orElse(-1L),
        said.map(found -> found.payload().epoch()).orElse(-1L));
    return Optional.of(new Entry(
        epoch,
        said.filter(found -> text.equals(
            new ReleaseKey(names.scope(), purpose, found.payload().epoch()).toString()))));
  }

  private Optional<Published> published(ConsumerRecord<byte[], byte[]> record, Purpose purpose) {
    try {
      Envelope envelope = envelopes.decode(record.value());
      return envelope.payloadType().equals(purpose.payloadType())
          ? Optional.of(
              new Published(record.offset(), envelope, ReleasePayload.read(envelope.payload())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no release of anybody's
    }
  }
}
