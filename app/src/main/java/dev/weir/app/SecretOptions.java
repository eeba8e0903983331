package dev.weir.app;

import dev.weir.gating.gate.Secrets;
import dev.weir.topology.app.GateConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which secrets a command knows. */
final class SecretOptions {
  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "weir.yaml, or another file with its keys.sample.NAME and keys.masking. Without,"
              + " the sample key 'demo' alone is known.")
  private Path keys = Path.of("");

  boolean areGiven() {
    return !keys.toString().isEmpty();
  }

  Secrets secrets() {
    return areGiven() ? ConfigFile.read(keys, GateConfig::secrets) : Secrets.DEMO;
  }
}
