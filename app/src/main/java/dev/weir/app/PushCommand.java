package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.schemas.wire.InstanceReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir policy push}: put a release into the policy topic. */
@Command(
    name = "push",
    description = "Publish a policy with a bundle as the scope's next release (unsigned).")
final class PushCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "POLICY", description = "Shipped name or file.")
  private String policy = "";

  @Option(names = "--bundle", required = true, description = "Bundle directory.")
  private Path bundle = Path.of("");

  @Option(names = "--version-name", defaultValue = "", description = "Default: the policy's name.")
  private String version = "";

  @Option(
      names = "--wait",
      defaultValue = "0",
      description = "Seconds to wait until an instance has activated or refused it.")
  private int waitSeconds;

  @Override
  public Integer call() {
    Bundle loaded = BundleDirectory.read(bundle);
    PolicyFile file = Named.policy(policy, loaded.definition());
    Named.gate(file, loaded);
    Cluster cluster = kafka.cluster();
    PolicyPublisher publisher = new PolicyPublisher(cluster, kafka.names());
    PublishedRelease release = publisher.publish(new ReleaseDraft(
        version.isEmpty() ? policy : version,
        System.currentTimeMillis(),
        OptionalLong.empty(),
        loaded.fingerprint(),
        file.json()));
    System.out.println(
        "published " + policy + " as epoch " + release.epoch() + " of scope " + release.scope());
    return waitSeconds == 0 ? Weir.DONE : await(publisher, release);
  }

  private int await(PolicyPublisher publisher, PublishedRelease release) {
    Optional<InstanceReport> report =
        publisher.await(release, Optional.empty(), Duration.ofSeconds(waitSeconds));
    if (report.isEmpty()) {
      System.out.println("no instance has reported within " + waitSeconds + " s");
      return Weir.NO;
    }
    System.out.println(report.get().instance() + ": " + report.get().state() + " "
        + report.get().reason());
    return report.get().state() == InstanceReport.State.ACTIVATED ? Weir.DONE : Weir.NO;
  }
}
