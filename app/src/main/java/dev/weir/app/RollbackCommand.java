package dev.weir.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyHistory;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir policy rollback}: an older release again, as a new epoch. */
@Command(
    name = "rollback",
    description = "Publish an older release's policy and bundle again as a new epoch, in force from"
        + " now on. Nothing is taken back: decisions stay, and the epoch rises.")
final class RollbackCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--to",
      defaultValue = "-1",
      paramLabel = "EPOCH",
      description = "Which release; default: the one before the newest.")
  private long epoch;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Private key to sign with; give it again for another signature.")
  private List<Path> keys = List.of();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Cluster cluster = kafka.cluster();
    Optional<TrustedKeys> gates = kafka.keys().map(ControlKeys::operators);
    ReleaseDraft older = new PolicyHistory(cluster, kafka.names(), gates)
        .again(
            epoch < 0 ? OptionalLong.empty() : OptionalLong.of(epoch), System.currentTimeMillis());
    PublishedRelease release = new PolicyPublisher(
            cluster, kafka.names(), keys.stream().map(KeyFile::readPrivate).toList(), gates)
        .publish(older);
    spec.commandLine()
        .getOut()
        .println("published epoch " + release.epoch() + " of scope " + release.scope()
            + ", the content of " + older.version() + "; see weir policy status");
    return Weir.DONE;
  }
}
