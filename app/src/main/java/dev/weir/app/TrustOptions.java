package dev.weir.app;

import dev.weir.gating.signing.KeyFile;
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

  /**
   * The keys; empty where none is named.
   *
   * @throws IllegalArgumentException if a file is no key, or there are fewer than must have signed
   */
  Optional<TrustedKeys> keys() {
    if (trust.isEmpty() && signaturesMin == 1) {
      return Optional.empty();
    }
    if (signaturesMin < 1 || signaturesMin > trust.size()) {
      throw new IllegalArgumentException(
          "--signatures " + signaturesMin + " is outside [1, " + trust.size()
              + "], the number of --trust keys; give --trust for each key that may sign");
    }
    return Optional.of(
        new TrustedKeys(trust.stream().map(KeyFile::readPublic).toList(), signaturesMin));
  }
}
