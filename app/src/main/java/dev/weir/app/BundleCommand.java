package dev.weir.app;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir bundle}: look at bundles, and make them around models of others. */
@Command(
    name = "bundle",
    description = "Look at bundles, and make them around models of others.",
    subcommands = ImportCommand.class)
final class BundleCommand implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name a subcommand: inspect, import");
  }

  @Command(name = "inspect", description = "Check a bundle to the last bit and say what is in it.")
  int inspect(@Parameters(paramLabel = "DIR", description = "Bundle directory.") Path directory) {
    Bundle bundle = BundleDirectory.read(directory);
    spec.commandLine().getOut().println("bundle " + bundle.fingerprint());
    BundleSummary.print(bundle, spec.commandLine().getOut());
    return Weir.DONE;
  }
}
