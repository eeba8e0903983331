package dev.weir.app;

import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy verify}: whether an instance with these keys would take a frozen release. */
@Command(
    name = "verify",
    description =
        "Check the signatures of a frozen release and print what it says. Without a trusted key"
            + " it must be unsigned, as where no verifier is configured.")
final class VerifyReleaseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RELEASE", description = "File of weir policy freeze.")
  private Path file = Path.of("");

  @Mixin
  private TrustOptions trust = new TrustOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Envelope envelope = FrozenRelease.envelope(file);
    TrustedKeys trusted = trust.keys().orElse(TrustedKeys.NONE);
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    PrintWriter out = spec.commandLine().getOut();
    out.println("purpose        " + Purpose.of(envelope.payloadType()));
    print(payload, out);
    try {
      trusted.require(envelope);
    } catch (IllegalArgumentException e) {
      out.println("REFUSED: " + e.getMessage());
      return Weir.NO;
    }
    out.println("good: "
        + (trusted.isConfigured()
            ? "signed by " + trusted.signers(envelope)
            : "unsigned, and no key is trusted"));
    return Weir.DONE;
  }

  private static void print(ReleasePayload payload, PrintWriter out) {
    out.println("scope          " + payload.scope());
    out.println("version        " + payload.version());
    out.println("epoch          " + payload.epoch());
    out.println("effectiveFrom  " + Instant.ofEpochMilli(payload.effectiveFrom()));
    out.println("expires        "
        + (payload.expires().isPresent()
            ? Instant.ofEpochMilli(payload.expires().getAsLong())
            : "never"));
    out.println("policy         " + Fingerprint.of(CanonicalJson.of(payload.policy())));
    out.println("bundle         " + payload.bundle());
  }
}
