package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.drift.DriftWatch;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.control.ControlPublisher;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.operations.send.RecordSender;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.operations.watch.DriftWatcher;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.broker.EmbeddedBroker;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream of single records breaks, on a real broker with a real gate: the watch notices, the gate
 * stops accepting, and an operator lifts that.
 */
class WatchTest {
  private static final TopicNames NAMES = TopicNames.of("passenger");
  private static final ControlOrder.Stop.Kind DRIFT = ControlOrder.Stop.Kind.DRIFT;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  private Path directory;

  private static SigningKey key(Path file) throws Exception {
    SigningKey key = SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    KeyFile.write(file, key);
    return key;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Single records, in an order in which any 25 look like all 64; broken ones lack their planet. */
  private static List<OutgoingBatch> singles(
      RecordCodec codec, int from, int count, boolean broken) {
    List<byte[]> singles = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      Map<String, Object> values = new HashMap<>(TinyBundle.passenger(i * 37 % 64));
      if (broken) {
        values.remove("HomePlanet");
      }
      singles.add(codec.encodeJson(values, List.of()));
    }
    return List.of(OutgoingBatch.alone(singles));
  }

  @Test
  void watch_streamOfSinglesBreaks_stopsTheGateUntilAnOperatorLiftsIt() throws Exception {
    SigningKey operator = key(directory.resolve("operator"));
    SigningKey monitor = key(directory.resolve("monitor"));
    Bundle bundle = TinyBundle.write(directory.resolve("bundles/tiny"));
    RecordCodec codec = RecordCodec.of(bundle.definition().domain());
    List<String> lines = new CopyOnWriteArrayList<>();
    AtomicBoolean goesOn = new AtomicBoolean(true);
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(new EmbeddedBroker.Options(directory.resolve("broker"), 0))) {
      Cluster cluster = Cluster.at(broker.bootstrapServers());
      new Topics(cluster, NAMES).make(new TopicSizes(1, 1));
      PolicyFile policy = PolicyFile.read(
          "guarded", PolicyFile.shippedText("passenger/guarded"), bundle.definition());
      new PolicyPublisher(cluster, NAMES, List.of(operator))
          .publish(new ReleaseDraft(
              "guarded", 0, OptionalLong.empty(), bundle.fingerprint(), policy.json()));
      DriftWatcher watcher = new DriftWatcher(
          cluster,
          NAMES,
          new DriftWatcher.Orders(
              new ControlPublisher(cluster, NAMES, List.of(monitor), Optional.empty()),
              new ControlKeys(
                  TrustedKeys.anyOf(List.of(operator.publicKey())), List.of(monitor.publicKey()))),
          Clock.systemUTC(),
          bundle,
          DriftWatch.Settings.DEFAULTS,
          lines::add);
      Thread thread = new Thread(() -> watcher.run(goesOn::get), "watch");
      thread.setUncaughtExceptionHandler((watch, fault) -> lines.add("failed: " + fault));
      try (GateApp gate = gate(broker);
          RecordSender sender = new RecordSender(cluster, NAMES, Double.POSITIVE_INFINITY)) {
        gate.start();
        await("the gate is ready", gate::isReady);
        thread.start();
        await("the watch", () -> lines.stream().anyMatch(line -> line.startsWith("watching")));

        sender.send(singles(codec, 0, 50, false));
        sender.send(singles(codec, 50, 50, true));
        await("the order", () -> lines.stream().anyMatch(line -> line.startsWith("ordered")));
        await("the pause", () -> !gate.inForce().controls().active().isEmpty());
        assertThat(lines)
            .anyMatch(line -> line.contains("of the last 25 records, missing(HomePlanet)"));

        new ControlPublisher(cluster, NAMES, List.of(monitor), Optional.empty())
            .lift(DRIFT.name(), "eve", 1);
        await(
            "the monitor's lift",
            () -> lines.stream()
                .anyMatch(line -> line.startsWith("passed over an order: 0 good signatures")));
        assertThat(gate.inForce().controls().active()).isNotEmpty();
        ControlPublisher ann =
            new ControlPublisher(cluster, NAMES, List.of(operator), Optional.empty());
        ann.stop(DRIFT, "ann", 2);
        ann.lift(DRIFT.name(), "ann", 3);
        await("its end", () -> gate.inForce().controls().active().isEmpty());
        await("the lift", () -> lines.contains("lifted by ann: the windows begin anew"));
        assertThat(lines.stream().filter(line -> line.startsWith("ordered"))).hasSize(1);
        assertThat(lines.stream().filter(line -> line.startsWith("lifted"))).hasSize(1);
      } finally {
        goesOn.set(false);
        thread.join(PATIENCE.toMillis());
      }
      assertThat(thread.isAlive()).isFalse();
      assertThat(lines).noneMatch(line -> line.startsWith("failed: "));
    }
  }

  private GateApp gate(EmbeddedBroker broker) {
    return new GateApp(GateConfig.of(Map.of(
        "bootstrapServers", broker.bootstrapServers(),
        "scope", NAMES.scope(),
        "instance", "watched-0",
        "stateDir", directory.resolve("state").toString(),
        "bundlesDir", directory.resolve("bundles").toString(),
        "keys.operators", directory.resolve("operator.pub").toString(),
        "keys.monitors", directory.resolve("monitor.pub").toString(),
        "replicationFactor", "1")));
  }
}
