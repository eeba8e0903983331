package dev.weir.operations.policy;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.Span;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.schemas.wire.UndecodableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** What was published for one scope, and what instances have made of it. */
public final class PolicyHistory {
  private final TopicNames names;
  private final TopicReader topics;
  private final PolicyTopic policies;
  private final Optional<TrustedKeys> gates;
  private final ActivationCodec reports = new ActivationCodec();

  /** One that does not know whom the gates trust, so that every envelope counts. */
  public PolicyHistory(Cluster cluster, TopicNames names) {
    this(cluster, names, Optional.empty());
  }

  /** @param gates whom the gates trust, so that only releases count which these have signed */
  public PolicyHistory(Cluster cluster, TopicNames names, Optional<TrustedKeys> gates) {
    this.names = names;
    this.gates = gates;
    this.topics = new TopicReader(cluster);
    this.policies = new PolicyTopic(cluster, names);
  }

  /**
   * An instance by its reports.
   *
   * @param last its last report
   * @param activated the last one that says it has activated a release, as far as the topic has it
   */
  public record Instance(InstanceReport last, Optional<InstanceReport> activated) {}

  /**
   * The releases of the scope, the oldest first, without those that every instance refuses by their
   * signatures or by an epoch that is not above all before; whether their policies can run is not asked.
   */
  public List<ReleasePayload> releases() {
    List<ReleasePayload> taken = new ArrayList<>();
    long newest = -1;
    for (PolicyTopic.Published found : policies.releases(Purpose.DECIDE)) {
      if (found.payload().epoch() > newest && found.isTakenBy(gates)) {
        newest = found.payload().epoch();
        taken.add(found.payload());
      }
    }
    return taken;
  }

  /** The instances that have ever reported on the scope, by name. */
  public Map<String, Instance> instances() {
    Map<String, Instance> instances = new TreeMap<>();
    Map<TopicPartition, Span> all =
        topics.spans(List.of(names.activations()), TopicReader.End.COMMITTED);
    topics.read(all, record -> {
      try {
        InstanceReport report = reports.decode(record.value());
        if (report.scope().equals(names.scope())) {
          instances.merge(
              report.instance(), new Instance(report, activated(report)), PolicyHistory::then);
        }
      } catch (UndecodableRecord e) {
        // A tombstone, or of another version: no report.
      }
    });
    return instances;
  }

  private static Optional<InstanceReport> activated(InstanceReport report) {
    return Optional.of(report).filter(found -> found.state() == InstanceReport.State.ACTIVATED);
  }

  private static Instance then(Instance before, Instance now) {
    return new Instance(now.last(), now.activated().or(before::activated));
  }

  /**
   * The content of an older release, to be published again.
   *
   * @param epoch which; empty for the one before the newest
   * @param from when it is to be in force, epoch milliseconds
   * @throws IllegalArgumentException if there is no such release
   */
  public ReleaseDraft again(OptionalLong epoch, long from) {
    List<ReleasePayload> all = releases();
    if (epoch.isEmpty() && all.size() < 2) {
      throw new IllegalArgumentException("scope " + names.scope() + " has "
          + (all.isEmpty() ? "no release" : "one release and none before it") + " in "
          + names.policies() + "; there is none to go back to");
    }
    ReleasePayload older = epoch.isEmpty()
        ? all.get(all.size() - 2)
        : all.stream()
            .filter(release -> release.epoch() == epoch.getAsLong())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                "scope " + names.scope() + " has no release of epoch " + epoch.getAsLong() + " in "
                    + names.policies() + "; it has "
                    + all.stream().map(ReleasePayload::epoch).toList()));
    return new ReleaseDraft(
        older.version(), from, OptionalLong.empty(), older.bundle(), older.policy());
  }
}
