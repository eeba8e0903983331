package dev.weir.app;

import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyChange;
import dev.weir.gating.policy.PolicyDiff;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.shadow.Comparison;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy diff}: what another policy would change. */
@Command(
    name = "diff",
    description = "Say what changes from one policy to another, and what it would do to a file.")
final class DiffCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "Shipped name or file; shipped: " + Named.POLICIES)
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "The same, of the other policy.")
  private String after = "";

  @Option(
      names = "--domain",
      defaultValue = "passenger",
      paramLabel = "DOMAIN",
      description = "Shipped name or file, where no bundle is given. Default: ${DEFAULT-VALUE}.")
  private String domain = "";

  @ArgGroup(exclusive = false, heading = "What it would do to a file:%n")
  private @Nullable Trial trial;

  @Mixin
  private SecretOptions secrets = new SecretOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** Data on which both policies decide. */
  private static final class Trial {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private BundleOption bundle = new BundleOption();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private RowsOptions rows = new RowsOptions();
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (trial == null) {
      DomainDefinition definition = Named.domain(domain);
      printChanges(Named.policy(before, definition), Named.policy(after, definition), out);
      return Weir.DONE;
    }
    Bundle bundle = trial.bundle.read();
    PolicyFile first = Named.policy(before, bundle.definition());
    PolicyFile second = Named.policy(after, bundle.definition());
    printChanges(first, second, out);
    Secrets known = secrets.secrets();
    DiffReport.print(
        compare(release(first, bundle, known), release(second, bundle, known), trial.rows), out);
    return Weir.DONE;
  }

  private static void printChanges(PolicyFile first, PolicyFile second, PrintWriter out) {
    List<PolicyChange> changes = PolicyDiff.between(first, second);
    changes.forEach(out::println);
    out.println(DiffReport.summary(changes));
  }

  private static Release release(PolicyFile file, Bundle bundle, Secrets known) {
    return Release.offline(file.fingerprint(), new Gate(file.policy(), bundle, known));
  }

  private static Comparison compare(Release first, Release second, RowsOptions rows) {
    Comparison comparison = Comparison.NONE;
    for (Batch batch : rows.batches(rows.read(first.gate()), first.gate())) {
      comparison = comparison.and(
          first.decide(Controls.NONE, batch, OptionalLong.empty()),
          second.decide(Controls.NONE, batch, OptionalLong.empty()));
    }
    return comparison;
  }
}
