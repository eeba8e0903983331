package dev.weir.app.demo;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.Ledger;
import dev.weir.operations.ledger.LedgerReport;
import dev.weir.operations.policy.NewKey;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.operations.send.RecordSender;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.testkit.broker.EmbeddedBroker;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.collect.OpenRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job from end to end: a broker, a bundle, the gate, a stream of batches, a change of
 * policy in mid-stream, and the proof that nothing was lost.
 */
public final class Demo {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final String INSTANCE = "demo-0";
  private static final String OPERATOR = "operator";

  private final DemoOptions options;
  private final LiveView view;
  private final Tally tally = new Tally();
  private final DomainDefinition definition = DomainDefinition.shipped("passenger");
  private final TopicNames names = TopicNames.of("passenger");
  private int sent;

  public Demo(DemoOptions options) {
    this.options = options;
    this.view = new LiveView(options.out(), options.live());
  }

  /** Runs it; whether everything that was sent is accounted for and every route was seen. */
  public boolean run() throws InterruptedException {
    Path work = temporary();
    // Ctrl-C must leave nothing behind either.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work), "demo-clean-up"));
    try {
      return run(work);
    } finally {
      delete(work);
    }
  }

  private boolean run(Path work) throws InterruptedException {
    DemoData data =
        DemoData.of(options.data(), definition, options.records(), options.seed(), work);
    view.say("data     " + data.origin());
    try (EmbeddedBroker broker = broker(work)) {
      view.say("broker   a real KRaft broker at " + broker.bootstrapServers());
      DemoData.Trained trained = data.bundle(definition, options.seed(), bundles(), this::progress);
      view.say("bundle   " + trained.bundle().fingerprint().abbreviated()
          + (trained.cached() ? ", cached from an earlier run" : ", trained") + ": out of fold "
          + quality(trained.bundle()));
      return stream(data, trained, broker, work);
    }
  }

  private static String quality(Bundle bundle) {
    return bundle.parts().training().quality().entrySet().stream()
        .map(measure -> String.format(Locale.ROOT, "%s %.4f", measure.getKey(), measure.getValue()))
        .collect(Collectors.joining(", "));
  }

  private EmbeddedBroker broker(Path work) {
    try {
      return EmbeddedBroker.start(
          new EmbeddedBroker.Options(work.resolve("broker"), options.port()));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("the broker does not start: " + e.getMessage(), e);
    }
  }

  private Path bundles() {
    return options.home().resolve("bundles");
  }

  private void progress(String stage, int done, int total) {
    if (done == 0 || done == total) {
      view.say(stage + " " + done + "/" + total);
    }
  }

  private boolean stream(DemoData data, DemoData.Trained trained, EmbeddedBroker broker, Path work)
      throws InterruptedException {
    Cluster cluster = Cluster.at(broker.bootstrapServers());
    new Topics(cluster, names).make(new TopicSizes(1, 1));
    Watch watch = new Watch(cluster, names, tally, labels(data));
    Thread watching = new Thread(watch, "demo-watch");
    watching.setDaemon(true);
    SigningKey operator = operator(work);
    GateConfig config = config(broker, bundles(), work);
    PolicyPublisher publisher = new PolicyPublisher(cluster, names, List.of(operator));
    try (GateApp app = new GateApp(config);
        RecordSender sender = new RecordSender(cluster, names, Double.POSITIVE_INFINITY)) {
      PublishedRelease first = publish(publisher, trained, "hotfix");
      app.start();
      awaitActivation(publisher, first, "hotfix");
      awaitReady(app);
      watching.start();
      Script script = new Script(data.streamed(), definition.domain(), options.seed());
      PolicyFile hotfix = policy("hotfix");
      List<RawRecord> canaries = data.canaries(hotfix.policy().canaries().ids());
      int half = options.records() / 2;
      send(sender, script.half(half, canaries, false));
      view.say(whyHotfixHolds());
      awaitActivation(publisher, publish(publisher, trained, "baseline"), "baseline");
      send(sender, script.half(options.records() - half, canaries, true));
      drain();
    }
    LedgerReport ledger;
    try (OpenRecords open =
        new OpenRecords(cluster.properties(), config.openRecordsTopic(), WAIT)) {
      ledger = new Ledger(cluster, names).prove(Optional.empty(), open::now);
    }
    watch.stop();
    watching.join();
    return new DemoSummary(tally.snapshot(), ledger, sent, view::say).print();
  }

  private static Map<String, Boolean> labels(DemoData data) {
    Map<String, Boolean> labels = new HashMap<>();
    Stream.concat(data.training().stream(), data.streamed().stream())
        .forEach(row -> row.label().ifPresent(label -> labels.put(row.id(), label)));
    return labels;
  }

  /* A key for this run alone: the gate takes no release that it has not signed. */
  private static SigningKey operator(Path work) {
    SigningKey key = NewKey.make();
    KeyFile.write(work.resolve(OPERATOR), key);
    return key;
  }

  private GateConfig config(EmbeddedBroker broker, Path bundles, Path work) {
    return GateConfig.of(Map.of(
        "bootstrapServers", broker.bootstrapServers(),
        "scope", names.scope(),
        "instance", INSTANCE,
        "stateDir", work.resolve("state").toString(),
        "bundlesDir", bundles.toString(),
        "keys.operators", KeyFile.beside(work.resolve(OPERATOR), ".pub").toString(),
        "batch.idleMsMax", "1000",
        "replicationFactor", "1"));
  }

  private PolicyFile policy(String name) {
    String full = "passenger/" + name;
    return PolicyFile.read(full, PolicyFile.shippedText(full), definition);
  }

  private PublishedRelease publish(
      PolicyPublisher publisher, DemoData.Trained trained, String name) {
    return publisher.publish(new ReleaseDraft(
        name,
        System.currentTimeMillis(),
        OptionalLong.empty(),
        trained.bundle().fingerprint(),
        policy(name).json()));
  }

  private void awaitActivation(PolicyPublisher publisher, PublishedRelease release, String name) {
    InstanceReport report = publisher
        .await(release, Optional.of(INSTANCE), WAIT)
        .orElseThrow(() -> new IllegalStateException("no instance activated " + name));
    if (report.state() != InstanceReport.State.ACTIVATED) {
      throw new IllegalStateException(name + " was not activated: " + report.reason());
    }
    view.say(
        "release  " + name + ", epoch " + release.epoch() + ": activated by " + report.instance());
  }

  /* Until its partitions are assigned, records would only wait. */
  private static void awaitReady(GateApp app) throws InterruptedException {
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (!app.isReady()) {
      if (System.nanoTime() > deadline || app.failure().isPresent()) {
        throw new IllegalStateException("the gate did not start: " + app.failure());
      }
      Thread.sleep(20);
    }
  }

  private String whyHotfixHolds() {
    Tally.Snapshot now = tally.snapshot();
    return String.format(
        java.util.Locale.ROOT,
        "why      hotfix holds a batch as soon as 5 %% of it is fragile (the source's rule, to the"
            + " letter), and about half of all passengers are in some fragile slice: %.0f %% of"
            + " the records so far wait in held batches",
        100 * now.share("hotfix", "HELD"));
  }

  private void send(RecordSender sender, List<Shipment> shipments) throws InterruptedException {
    long start = System.nanoTime();
    long drawn = start;
    int sentHere = 0;
    for (Shipment shipment : shipments) {
      sender.send(List.of(shipment.batch()));
      sent += shipment.records();
      sentHere += shipment.records();
      long due = start + (long) (1e9 * sentHere / options.rate());
      while (System.nanoTime() < due) {
        Thread.sleep(Math.max(1, Math.min(50, (due - System.nanoTime()) / 1_000_000)));
        drawn = draw(drawn);
      }
      drawn = draw(drawn);
    }
  }

  private long draw(long drawn) {
    if (System.nanoTime() - drawn < view.periodMs() * 1_000_000) {
      return drawn;
    }
    view.draw(tally.snapshot(), sent, expectedRecords());
    return System.nanoTime();
  }

  private int expectedRecords() {
    return Math.max(sent, options.records());
  }

  /** Waits until everything sent has come out, or for as long as that may take. */
  private void drain() throws InterruptedException {
    long deadline = System.nanoTime() + WAIT.toNanos();
    long drawn = System.nanoTime();
    while (tally.snapshot().seen() < sent && System.nanoTime() < deadline) {
      Thread.sleep(50);
      drawn = draw(drawn);
    }
    view.draw(tally.snapshot(), sent, expectedRecords());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("weir-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory: " + e, e);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory + ": " + e, e);
    }
  }
}
