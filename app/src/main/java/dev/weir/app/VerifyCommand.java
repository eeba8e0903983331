package dev.weir.app;

import dev.weir.gating.release.Release;
import dev.weir.gating.verify.Verification;
import dev.weir.gating.verify.Verifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir verify}: recompute decisions from their own provenance. */
@Command(
    name = "verify",
    description = "Recompute each decision from its own provenance; exit 1 if any differs.")
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin
  private ReleaseOptions releases = new ReleaseOptions();

  @Option(
      names = "--decisions",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines of weir decide.")
  private Path decisions = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Release release = releases.release();
    Verification found =
        Verifier.verify(release.gate(), release.policy(), DecisionFile.read(decisions));
    found.differences().stream().limit(SHOWN).forEach(out::println);
    if (found.differences().size() > SHOWN) {
      out.println("… and " + (found.differences().size() - SHOWN) + " more");
    }
    found.unchecked().forEach(what -> out.println("UNCHECKED " + what));
    out.println(found.decisions() + " decisions in " + found.batches() + " batches: "
        + (found.isClean()
            ? "every one recomputed to the bit"
            : found.differences().size() + " differences"));
    return found.isClean() ? Weir.DONE : Weir.NO;
  }
}
