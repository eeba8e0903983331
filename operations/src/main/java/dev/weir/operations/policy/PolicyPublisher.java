package dev.weir.operations.policy;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.Span;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.schemas.wire.UndecodableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Publishes the releases of one scope and waits for what instances report.
 *
 * <p>Two that publish at the same time may take the same epoch; the second is then refused by every
 * instance, which its report says.
 */
public final class PolicyPublisher {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final TopicNames names;
  private final List<SigningKey> signers;
  private final Optional<TrustedKeys> gates;
  private final TopicReader topics;
  private final PolicyTopic topic;
  private final EnvelopeCodec envelopes = new EnvelopeCodec();
  private final ActivationCodec reports = new ActivationCodec();

  /** One that does not know whom the gates trust, so that every envelope counts. */
  public PolicyPublisher(Cluster cluster, TopicNames names, List<SigningKey> signers) {
    this(cluster, names, signers, Optional.empty());
  }

  /**
   * @param signers who sign what is published; nobody for instances that have no verifier
   * @param gates whom the gates trust, so that only envelopes count which they take; empty to count
   *     every envelope
   */
  public PolicyPublisher(
      Cluster cluster, TopicNames names, List<SigningKey> signers, Optional<TrustedKeys> gates) {
    this.cluster = cluster;
    this.names = names;
    this.signers = List.copyOf(signers);
    this.gates = gates;
    this.topics = new TopicReader(cluster);
    this.topic = new PolicyTopic(cluster, names);
  }

  /** The highest epoch of the scope in the policy topic that counts; empty before the first. */
  public OptionalLong newestEpoch() {
    return newestEpoch(Purpose.DECIDE);
  }

  private OptionalLong newestEpoch(Purpose purpose) {
    return counting(purpose).mapToLong(PolicyTopic.Entry::epoch).max();
  }

  private Stream<PolicyTopic.Entry> counting(Purpose purpose) {
    return topic.entries(purpose, TopicReader.End.WRITTEN).stream()
        .filter(entry -> gates.isEmpty()
            || entry.release().filter(found -> found.isTakenBy(gates)).isPresent());
  }

  /** Publishes a release under the epoch after the highest one. */
  public PublishedRelease publish(ReleaseDraft draft) {
    return publish(draft, next(Purpose.DECIDE));
  }

  /** Publishes a release to be decided beside the active one and compared, as the next shadow. */
  public PublishedRelease publishShadow(ReleaseDraft draft) {
    return publish(draft.payload(names.scope(), next(Purpose.SHADOW)).unsigned(Purpose.SHADOW));
  }

  /**
   * Ends the newest shadow: publishes it again as the next one, over at a moment.
   *
   * @return empty where the scope has had no shadow yet
   */
  public Optional<PublishedRelease> endShadow(long at) {
    return counting(Purpose.SHADOW)
        .flatMap(entry -> entry.release().stream())
        .map(PolicyTopic.Published::payload)
        .max(Comparator.comparingLong(ReleasePayload::epoch))
        .map(newest -> publish(newest.ended(next(Purpose.SHADOW), at).unsigned(Purpose.SHADOW)));
  }

  private long next(Purpose purpose) {
    OptionalLong newest = newestEpoch(purpose);
    if (newest.isPresent() && newest.getAsLong() >= ReleasePayload.EPOCH_MAX) {
      throw new IllegalArgumentException(
          "epoch " + newest.getAsLong() + " of scope " + names.scope() + " in " + names.policies()
              + " leaves no number for another; name the gate's weir.yaml by --config, so that only"
              + " releases count which its keys have signed");
    }
    return newest.isPresent() ? newest.getAsLong() + 1 : 1;
  }

  /**
   * Publishes a release under a given epoch, whether or not instances will take it.
   *
   * @throws IllegalStateException if the cluster does not acknowledge it
   */
  public PublishedRelease publish(ReleaseDraft draft, long epoch) {
    return publish(draft.payload(names.scope(), epoch).unsigned(Purpose.DECIDE));
  }

  /**
   * Publishes a release, or a shadow, that was frozen before, with this publisher's signatures
   * added.
   *
   * @throws IllegalArgumentException if it is no release of this scope
   * @throws IllegalStateException if the cluster does not acknowledge it
   */
  public PublishedRelease publish(Envelope frozen) {
    ReleasePayload payload = ReleasePayload.read(frozen.payload());
    if (!payload.scope().equals(names.scope())) {
      throw new IllegalArgumentException("the release is for scope '" + payload.scope() + "', not '"
          + names.scope() + "'; name its scope");
    }
    Envelope envelope = frozen;
    for (SigningKey signer : signers) {
      envelope = envelope.signedBy(signer);
    }
    Purpose purpose = Purpose.of(frozen.payloadType());
    ReleaseKey key = new ReleaseKey(payload.scope(), purpose, payload.epoch());
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      var sent = writer.send(new ProducerRecord<>(
          names.policies(),
          key.toString().getBytes(StandardCharsets.UTF_8),
          envelopes.encode(envelope)));
      long offset = Cluster.await(sent, "publishing " + key).offset();
      return new PublishedRelease(key.scope(), purpose, key.epoch(), offset);
    }
  }

  /**
   * Waits until an instance has activated or refused a release.
   *
   * @param instance the one to wait for; empty for any
   * @param limit how long to wait
   * @return its report; where the limit passed first, the last one that says that it waits for its
   *     bundle, or empty
   */
  public Optional<InstanceReport> await(
      PublishedRelease release, Optional<String> instance, Duration limit) {
    long start = System.nanoTime();
    Map<TopicPartition, Span> spans =
        topics.spans(List.of(names.activations()), TopicReader.End.COMMITTED);
    Optional<InstanceReport> waiting = Optional.empty();
    try (Consumer<byte[], byte[]> reader = cluster.reader()) {
      reader.assign(spans.keySet());
      reader.seekToBeginning(spans.keySet());
      while (System.nanoTime() - start < limit.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          Optional<InstanceReport> found = report(record)
              .filter(report -> isAbout(release, instance, report))
              .findFirst();
          if (found.map(InstanceReport::state).filter(PolicyPublisher::isFinal).isPresent()) {
            return found;
          }
          waiting = found.isPresent() ? found : waiting;
        }
      }
    }
    return waiting;
  }

  private Stream<InstanceReport> report(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Stream.of(reports.decode(record.value()));
    } catch (UndecodableRecord e) {
      return Stream.empty();
    }
  }

  private static boolean isAbout(
      PublishedRelease release, Optional<String> instance, InstanceReport report) {
    return report.scope().equals(release.purpose().named(release.scope()))
        && report.offset() == release.offset()
        && instance.map(report.instance()::equals).orElse(true);
  }

  private static boolean isFinal(InstanceReport.State state) {
    return state == InstanceReport.State.ACTIVATED || state == InstanceReport.State.REFUSED;
  }
}
