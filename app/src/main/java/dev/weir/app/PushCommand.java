package dev.weir.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.gate.BatchGate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.operations.bundle.BundlePublisher;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.schemas.wire.InstanceReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy push}: put a release into the policy topic. */
@Command(
    name = "push",
    description = "Publish a release: a policy with a bundle as the scope's next epoch, or one that"
        + " was frozen before.")
final class PushCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "POLICY",
      description = "Shipped name or file; or give --release.")
  private String policy = "";

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "Bundle directory that POLICY runs with.")
  private Path bundle = Path.of("");

  @Option(
      names = "--no-bundle",
      description = "Do not publish the bundle: every instance has it in its bundlesDir.")
  private boolean isWithoutBundle;

  @Option(
      names = "--version-name",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "The release's name for people. Default: the policy's.")
  private String version = "";

  @Option(
      names = "--release",
      paramLabel = "FILE",
      description = "A release of weir policy freeze, in place of POLICY and --bundle.")
  private Path frozen = Path.of("");

  @Option(
      names = "--shadow",
      description = "Publish POLICY to be decided beside the active release and compared, never to"
          + " decide; it replaces the shadow before it.")
  private boolean isShadow;

  @Option(names = "--end-shadow", description = "End the scope's shadow, in place of POLICY.")
  private boolean isEnd;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Private key to sign with; give it again for another signature. Without any,"
          + " what is not signed yet goes out unsigned.")
  private List<Path> keys = List.of();

  @Option(
      names = "--wait",
      defaultValue = "0",
      description = "Seconds to wait until an instance has activated or refused it.")
  private int waitSeconds;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireOneOfAll();
    List<SigningKey> signers = keys.stream().map(KeyFile::readPrivate).toList();
    if (isEnd) {
      return endShadow(signers);
    }
    return isFrozen() ? pushFrozen(signers) : pushDraft(signers);
  }

  private boolean isFrozen() {
    return !frozen.toString().isEmpty();
  }

  private void requireOneOfAll() {
    boolean isDraft = !policy.isEmpty() && !bundle.toString().isEmpty();
    boolean isHalf = policy.isEmpty() != bundle.toString().isEmpty();
    long ways = Stream.of(isDraft, isFrozen(), isEnd).filter(way -> way).count();
    if (isHalf || ways != 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "give POLICY and --bundle, or --release, or --end-shadow");
    }
    if (isShadow && !isDraft) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--shadow goes with POLICY and --bundle; a frozen release is what it was frozen as");
    }
  }

  private int endShadow(List<SigningKey> signers) {
    PolicyPublisher publisher = publisher(signers);
    return published(
        publisher,
        publisher
            .endShadow(System.currentTimeMillis())
            .orElseThrow(() -> new IllegalArgumentException(
                "scope " + kafka.names().scope() + " has no shadow to end")));
  }

  private int pushFrozen(List<SigningKey> signers) {
    Envelope envelope = FrozenRelease.envelope(frozen);
    PolicyPublisher publisher = publisher(signers);
    return published(publisher, publisher.publish(envelope));
  }

  private int pushDraft(List<SigningKey> signers) {
    Bundle loaded = BundleDirectory.read(bundle);
    PolicyFile file = Named.policy(policy, loaded.definition());
    // Compiled once, so that what no instance could activate is not published.
    BatchGate unused = BatchGate.of(file.policy(), loaded);
    if (!isWithoutBundle) {
      BundleCommand.say(
          new BundlePublisher(kafka.cluster(), kafka.names()).publish(bundle),
          spec.commandLine().getOut());
    }
    PolicyPublisher publisher = publisher(signers);
    ReleaseDraft draft = new ReleaseDraft(
        version.isEmpty() ? policy : version,
        System.currentTimeMillis(),
        OptionalLong.empty(),
        loaded.fingerprint(),
        file.json());
    return published(
        publisher, isShadow ? publisher.publishShadow(draft) : publisher.publish(draft));
  }

  private PolicyPublisher publisher(List<SigningKey> signers) {
    return new PolicyPublisher(
        kafka.cluster(), kafka.names(), signers, kafka.keys().map(ControlKeys::operators));
  }

  private int published(PolicyPublisher publisher, PublishedRelease release) {
    PrintWriter out = spec.commandLine().getOut();
    String what = release.purpose() == Purpose.SHADOW ? "shadow epoch " : "epoch ";
    out.println("published " + what + release.epoch() + " of scope " + release.scope());
    out.flush();
    return waitSeconds == 0 ? Weir.DONE : await(publisher, release, out);
  }

  private int await(PolicyPublisher publisher, PublishedRelease release, PrintWriter out) {
    Optional<InstanceReport> report =
        publisher.await(release, Optional.empty(), Duration.ofSeconds(waitSeconds));
    if (report.isEmpty()) {
      out.println("no instance has reported within " + waitSeconds + " s");
      return Weir.NO;
    }
    String reason = report.get().reason();
    out.println(report.get().instance() + ": " + report.get().state()
        + (reason.isEmpty() ? "" : " " + reason));
    return report.get().state() == InstanceReport.State.ACTIVATED ? Weir.DONE : Weir.NO;
  }
}
