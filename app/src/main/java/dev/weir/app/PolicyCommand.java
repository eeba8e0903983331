package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy}: look at policies and check them. */
@Command(
    name = "policy",
    description = "Look at policies, check them, publish them.",
    subcommands = PushCommand.class,
    mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name a subcommand: show, validate, push");
  }

  @Command(
      name = "show",
      description = "Print a policy that comes with Weir, or a file.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "POLICY", description = "Shipped name or file.") String name) {
    System.out.print(Named.policyText(name));
    return Weir.DONE;
  }

  @Command(
      name = "validate",
      description = "Check a policy; every mistake is named with its place.",
      mixinStandardHelpOptions = true)
  int validate(
      @Parameters(paramLabel = "POLICY", description = "Shipped name or file.") String name,
      @Option(names = "--domain", defaultValue = "passenger", description = "Shipped or file.")
          String domain) {
    PolicyFile policy = Named.policy(name, Named.domain(domain));
    System.out.println(
        name + " is valid for domain " + domain + ", fingerprint " + policy.fingerprint());
    return Weir.DONE;
  }
}
