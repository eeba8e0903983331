package dev.weir.app;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which bundle a command works with. */
final class BundleOption {
  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "Bundle directory.")
  private Path bundle = Path.of("");

  Bundle read() {
    return BundleDirectory.read(bundle);
  }
}
