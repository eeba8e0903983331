package dev.weir.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.drift.DriftWatch;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.control.ControlPublisher;
import dev.weir.operations.watch.DriftWatcher;
import dev.weir.schemas.topic.TopicNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir watch}: stop acceptance when the stream has drifted. */
@Command(
    name = "watch",
    description = "Read decisions as they come and order running gates to stop accepting (DRIFT)"
        + " when the last 25 to 500 records look unlike the bundle's training rows. Runs until"
        + " it is stopped; an operator lifts the order with weir control lift DRIFT. With --bootstrap,"
        + " --trust names the operators whose lift the gates obey; with --config they are the"
        + " file's.")
final class WatchCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "The bundle that decides; decisions of others are left out.")
  private Path bundle = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The monitor's private key, which may tighten and nothing else. Without it"
          + " orders go out unsigned.")
  private List<Path> keys = List.of();

  @Mixin
  private TrustOptions trust = new TrustOptions();

  @Option(
      names = "--false-alarms",
      defaultValue = "0.002",
      paramLabel = "SHARE",
      description = "Share of ordinary windows above the threshold, .002 to .05. Default:"
          + " ${DEFAULT-VALUE}.")
  private double falseAlarms;

  @Option(
      names = "--margin",
      defaultValue = "1.25",
      paramLabel = "TIMES",
      description = "How many times the threshold raises the order. Default: ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--age-ms-max",
      defaultValue = "86400000",
      paramLabel = "MS",
      description = "Event time that a window spans at most. Default: ${DEFAULT-VALUE} (a day).")
  private long ageMsMax;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<SigningKey> signers = keys.stream().map(KeyFile::readPrivate).toList();
    ControlKeys trusted = trusted(signers);
    Cluster cluster = kafka.cluster();
    TopicNames names = kafka.names();
    DriftWatcher watcher = new DriftWatcher(
        cluster,
        names,
        new DriftWatcher.Orders(
            new ControlPublisher(cluster, names, signers, Optional.of(trusted)), trusted),
        Clock.systemUTC(),
        BundleDirectory.read(bundle),
        new DriftWatch.Settings(falseAlarms, margin, ageMsMax),
        line -> {
          out.println(line);
          out.flush();
        });
    watcher.run(() -> true);
    return Weir.DONE;
  }

  /* Orders that gates refuse, and lifts that the watch would refuse, show when they are needed. */
  private ControlKeys trusted(List<SigningKey> signers) {
    Optional<ControlKeys> ofGate = kafka.keys();
    Optional<TrustedKeys> given = trust.keys();
    if (ofGate.isPresent() && given.isPresent()) {
      throw new IllegalArgumentException(
          "--trust is for --bootstrap; with --config the keys are its keys.operators");
    }
    if (ofGate.isEmpty() && given.isEmpty() != signers.isEmpty()) {
      throw new IllegalArgumentException(
          signers.isEmpty()
              ? "--trust is given and no --key: gates that trust a key refuse unsigned orders"
              : "--key is given and no --trust: name the public keys of the operators whose lift"
                  + " gates obey, or --config with the gate's weir.yaml");
    }
    ControlKeys trusted = ofGate.orElseGet(() -> given
        .map(operators -> new ControlKeys(
            operators, signers.stream().map(SigningKey::publicKey).toList()))
        .orElse(ControlKeys.NONE));
    trusted.requireMayTighten(signers);
    return trusted;
  }
}
