package dev.weir.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.gating.verify.Verification;
import dev.weir.gating.verify.Verifier;
import dev.weir.model.bundle.Bundle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir verify}: recompute decisions from their own provenance. */
@Command(
    name = "verify",
    description = "Recompute each decision from its own provenance; exit 1 if any"
        + " differs or is an engine fault, or there is none.")
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin
  private BundleOption bundle = new BundleOption();

  @ArgGroup(multiplicity = "1")
  private By by = new By();

  @Mixin
  private TrustOptions trust = new TrustOptions();

  @Mixin
  private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--decisions",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines of weir decide or weir decisions.")
  private Path decisions = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** What decided. */
  private static final class By {
    @Option(
        names = "--policy",
        paramLabel = "POLICY",
        description = "Shipped name or file; shipped: " + Named.POLICIES)
    private String policy = "";

    @Option(
        names = "--release",
        paramLabel = "FILE",
        description =
            "The release that decided, of weir policy freeze; its scope, version, epoch and"
                + " dates are then checked too.")
    private Path release = Path.of("");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Bundle loaded = bundle.read();
    List<ObjectNode> recorded = DecisionFile.read(decisions);
    if (recorded.isEmpty()) {
      out.println("nothing to check: " + decisions + " has no decisions");
      return Weir.NO;
    }
    Verification found = by.policy.isEmpty()
        ? verifyByRelease(loaded, recorded, out)
        : verifyByPolicy(loaded, recorded);
    found
        .others()
        .forEach((other, decided) ->
            out.println(decided + " of the decisions: " + OtherDecider.words(other, loaded)));
    found.differences().stream().limit(SHOWN).forEach(out::println);
    if (found.differences().size() > SHOWN) {
      out.println("… and " + (found.differences().size() - SHOWN) + " more");
    }
    found.unchecked().forEach(what -> out.println("UNCHECKED " + what));
    out.println(found.decisions() + " decisions in " + found.batches() + " batches: "
        + (found.isClean()
            ? "every one recomputed to the bit"
            : found.differences().size() + " differences"
                + (found.faults() == 0 ? "" : ", " + found.faults() + " engine faults")
                + (found.others().isEmpty() ? "" : " where this release decided")));
    return found.isClean() ? Weir.DONE : Weir.NO;
  }

  private Verification verifyByPolicy(Bundle loaded, List<ObjectNode> recorded) {
    PolicyFile file = Named.policy(by.policy, loaded.definition());
    return Verifier.verify(
        new Gate(file.policy(), loaded, secrets.secrets()), file.fingerprint(), recorded);
  }

  private Verification verifyByRelease(Bundle loaded, List<ObjectNode> recorded, PrintWriter out) {
    Envelope envelope = FrozenRelease.envelope(by.release);
    Optional<TrustedKeys> trusted = trust.keys();
    if (trusted.isEmpty()) {
      out.println("UNCHECKED signatures of " + by.release + "; --trust names who must have signed");
    } else {
      trusted.get().require(envelope);
    }
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    return Verifier.verify(payload.release(loaded, secrets.secrets()), recorded);
  }
}
