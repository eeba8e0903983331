package dev.weir.app;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.operations.bundle.BundlePublisher;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir bundle}: look at bundles, make them around models of others, and publish
 * them. */
@Command(
    name = "bundle",
    description =
        "Look at bundles, make them around models of others, and publish them to instances.",
    subcommands = ImportCommand.class)
final class BundleCommand implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name a subcommand: inspect, import, push");
  }

  @Command(name = "inspect", description = "Check a bundle to the last bit and say what is in it.")
  int inspect(@Parameters(paramLabel = "DIR", description = "Bundle directory.") Path directory) {
    Bundle bundle = BundleDirectory.read(directory);
    spec.commandLine().getOut().println("bundle " + bundle.fingerprint());
    BundleSummary.print(bundle, spec.commandLine().getOut());
    return Weir.DONE;
  }

  @Command(
      name = "push",
      description = "Publish a bundle, for instances that do not have it in their bundlesDir.")
  int push(
      @Mixin KafkaOptions kafka,
      @Parameters(paramLabel = "DIR", description = "Bundle directory.") Path directory) {
    say(
        new BundlePublisher(kafka.cluster(), kafka.names()).publish(directory),
        spec.commandLine().getOut());
    return Weir.DONE;
  }

  static void say(BundlePublisher.Published published, PrintWriter out) {
    out.println(
        published.parts() == 0
            ? "bundle " + published.bundle() + " was published already"
            : "published bundle " + published.bundle() + " in " + published.parts() + " parts");
    out.flush();
  }
}
