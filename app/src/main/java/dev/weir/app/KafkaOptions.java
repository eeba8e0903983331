package dev.weir.app;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import picocli.CommandLine.Option;

/** Which cluster and scope a command works on. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap",
      required = true,
      description = "The cluster's addresses, host:port,…")
  private String bootstrap = "";

  @Option(
      names = "--scope",
      defaultValue = "passenger",
      description = "The scope that the gate governs (default ${DEFAULT-VALUE}).")
  private String scope = "";

  Cluster cluster() {
    Cluster cluster = Cluster.at(bootstrap);
    Reachable.require(cluster, bootstrap);
    return cluster;
  }

  TopicNames names() {
    return TopicNames.of(scope);
  }
}
