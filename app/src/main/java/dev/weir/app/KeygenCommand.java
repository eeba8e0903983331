package dev.weir.app;

import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SecretFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.operations.policy.NewKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy keygen}: a new key to sign releases with. */
@Command(
    name = "keygen",
    description = "Make an Ed25519 key: NAME.key, for its owner alone, and NAME.pub.")
final class KeygenCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Path of both files without extension.")
  private Path name = Path.of("");

  @Option(
      names = "--secret",
      description = "Make a secret instead, NAME.secret, for keys.sample.NAME or keys.masking.")
  private boolean isSecret;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (isSecret) {
      Path file = KeyFile.beside(name, ".secret");
      SecretFile.write(file, NewKey.secret());
      spec.commandLine().getOut().println("a secret in " + file + "; keep it to yourself");
      return Weir.DONE;
    }
    SigningKey key = NewKey.make();
    KeyFile.write(name, key);
    spec.commandLine()
        .getOut()
        .println("key " + key.keyId() + " in " + KeyFile.beside(name, ".key")
            + " (keep it to yourself) and " + KeyFile.beside(name, ".pub")
            + " (for keys.operators of weir.yaml)");
    return Weir.DONE;
  }
}
