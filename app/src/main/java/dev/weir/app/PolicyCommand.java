package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy}: look at policies and check them. */
@Command(
    name = "policy",
    description = "Look at policies, check and compare them, freeze, sign and publish them.",
    subcommands = {
      DiffCommand.class,
      FreezeCommand.class,
      SignCommand.class,
      VerifyReleaseCommand.class,
      KeygenCommand.class,
      PushCommand.class,
      StatusCommand.class,
      RollbackCommand.class
    })
final class PolicyCommand implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "name a subcommand: show, validate, schema, diff, freeze, sign, verify, keygen, push, status, rollback");
  }

  @Command(name = "show", description = "Print a policy that comes with Weir, or a file.")
  int show(
      @Parameters(
              paramLabel = "POLICY",
              description = "Shipped name or file; shipped: " + Named.POLICIES)
          String name) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(Named.policyText(name));
    out.flush();
    return Weir.DONE;
  }

  @Command(
      name = "schema",
      description = "Print the JSON Schema of policy files, for an editor's completion.")
  int schema() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(PolicyFile.schemaText());
    out.flush();
    return Weir.DONE;
  }

  @Command(
      name = "validate",
      description = "Check a policy; every mistake is named with its place.")
  int validate(
      @Parameters(
              paramLabel = "POLICY",
              description = "Shipped name or file; shipped: " + Named.POLICIES)
          String name,
      @Option(
              names = "--domain",
              defaultValue = "passenger",
              paramLabel = "DOMAIN",
              description = "Shipped name or file; shipped: passenger. Default: ${DEFAULT-VALUE}.")
          String domain) {
    PolicyFile policy = Named.policy(name, Named.domain(domain));
    spec.commandLine()
        .getOut()
        .println(name + " is valid for domain " + domain + ", fingerprint " + policy.fingerprint());
    return Weir.DONE;
  }
}
