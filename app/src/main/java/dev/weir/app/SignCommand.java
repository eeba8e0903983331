package dev.weir.app;

import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.EnvelopeJson;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy sign}: one more signature on a frozen release. */
@Command(
    name = "sign",
    description = "Add signatures to a frozen release; what it says stays as it is, to the byte.")
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RELEASE", description = "File of weir policy freeze.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Private key of weir policy keygen; give it again for another signature.")
  private List<Path> keys = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it. Default: the file itself.")
  private Path out = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Envelope envelope = FrozenRelease.envelope(file);
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    for (SigningKey key : keys.stream().map(KeyFile::readPrivate).toList()) {
      envelope = envelope.signedBy(key);
    }
    Path target = out.toString().isEmpty() ? file : out;
    WholeFile.writeLines(target, Stream.of(EnvelopeJson.write(envelope).stripTrailing()));
    spec.commandLine()
        .getOut()
        .println("epoch " + payload.epoch() + " of scope " + payload.scope() + " in " + target
            + ", signed by "
            + envelope.signatures().stream().map(Envelope.Signature::keyId).toList());
    return Weir.DONE;
  }
}
