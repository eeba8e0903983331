package dev.weir.app;

import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which policy decides, with which bundle. */
final class ReleaseOptions {
  @Mixin
  private BundleOption bundle = new BundleOption();

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "POLICY",
      description = "Shipped name or file; shipped: " + Named.POLICIES)
  private String policy = "";

  @Mixin
  private SecretOptions secrets = new SecretOptions();

  /** The policy compiled with its bundle, always in force. */
  Release release() {
    Bundle loaded = bundle.read();
    PolicyFile file = Named.policy(policy, loaded.definition());
    return Release.offline(file.fingerprint(), new Gate(file.policy(), loaded, secrets.secrets()));
  }
}
