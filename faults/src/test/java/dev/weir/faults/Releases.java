package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.bundle.Bundle;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.InstanceReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The releases that are published for a scene: shipped policies with its bundle. */
final class Releases {
  private final PolicyPublisher publisher;
  private final Bundle bundle;
  private final Set<String> versions = new TreeSet<>();
  private long epoch;

  Releases(Cluster cluster, TopicNames names, Bundle bundle) {
    this.publisher = new PolicyPublisher(cluster, names, List.of());
    this.bundle = bundle;
  }

  boolean isEmpty() {
    return versions.isEmpty();
  }

  /** The names of those that were published. */
  Set<String> versions() {
    return versions;
  }

  /** Publishes a shipped policy as the next epoch, under a release name that is the policy's. */
  PublishedRelease push(String policy) {
    versions.add(policy);
    epoch++;
    return publisher.publish(
        new ReleaseDraft(
            policy,
            System.currentTimeMillis(),
            OptionalLong.empty(),
            bundle.fingerprint(),
            PolicyFile.read(
                    policy, PolicyFile.shippedText("passenger/" + policy), bundle.definition())
                .json()),
        epoch);
  }

  /** Waits until an instance reports that it has activated a release. */
  void awaitActivated(PublishedRelease release, Instance instance) {
    assertThat(publisher.await(release, Optional.of(instance.name()), Await.PATIENCE))
        .as(() -> "report of " + instance.name() + "; " + instance.said())
        .hasValueSatisfying(
            report -> assertThat(report.state()).isEqualTo(InstanceReport.State.ACTIVATED));
  }
}
