package dev.weir.app;

import dev.weir.gating.signing.TrustedKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose signature a command takes. */
final class TrustOptions {
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Public key that is trusted; give it again for more.")
  private List<Path> trust = List.of();

  @Option(
      names = "--signatures",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many trusted keys must have signed. Default: ${DEFAULT-VALUE}.")
  private int signaturesMin;

  /** The keys; empty where none is named. */
  Optional<TrustedKeys> keys() {
    return trust.isEmpty()
        ? Optional.empty()
        : Optional.of(FrozenRelease.trusted(trust, signaturesMin));
  }
}
