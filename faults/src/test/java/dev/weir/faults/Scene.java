package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.Load.Sent;
import dev.weir.faults.Watch.Outcome;
import dev.weir.faults.Watch.Place;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.bundle.Bundle;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.broker.BrokerProcess;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A gate on real parts, and the words to say what happens to it: given instances and a load, when
 * something breaks, then it recovers and nothing is lost.
 *
 * <p>The broker, each instance and each command run in JVMs of their own. {@code -Dseed=N} repeats
 * what is sent; how long everything takes is the machine's business and never decides a test.
 */
final class Scene implements AutoCloseable {
  /** Records topic's partitions. */
  static final int PARTITIONS = 4;

  static final TopicNames NAMES = TopicNames.of("passenger");
  static final String APPLICATION = "weir.passenger.gate";

  private static final Path REPORT = Path.of("target", "faults.md");
  private static final double NANOS_PER_SECOND = 1e9;

  private final String title;
  private final long seed;
  private final Path directory;
  private final BrokerProcess broker;
  private final Cluster cluster;
  private final Bundle bundle;
  private final PolicyPublisher publisher;
  private final Watch watch;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private final Set<String> versions = new TreeSet<>();
  private long epoch;
  private long faultAt;

  private Scene(String title, long seed, Path directory) {
    this.title = title;
    this.seed = seed;
    this.directory = directory;
    this.broker = BrokerProcess.start();
    this.cluster = Cluster.at(broker.bootstrapServers());
    new Topics(cluster, NAMES).make(new TopicSizes(PARTITIONS, 1));
    this.bundle = TinyBundle.write(bundles().resolve("tiny"));
    this.publisher = new PolicyPublisher(cluster, NAMES, List.of());
    this.watch = new Watch(cluster, NAMES);
    settings.put("bootstrapServers", broker.bootstrapServers());
    settings.put("scope", NAMES.scope());
    settings.put("bundlesDir", bundles().toString());
    // A batch must not end by itself while something is broken: then every one can be asked to be
    // whole.
    settings.put("batch.idleMsMax", "600000");
    settings.put("batch.ageMsMax", "600000");
  }

  /** An empty stage: a broker with topics, a bundle, nobody who decides. */
  static Scene of(String title) {
    long seed = seed();
    System.out.printf("fault: %s, -Dseed=%d%n", title, seed);
    try {
      return new Scene(title, seed, Files.createTempDirectory("weir-faults-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long seed() {
    String given = System.getProperty("seed", "");
    return given.isBlank() ? new Random().nextInt(1_000_000) : Long.parseLong(given);
  }

  /** How much larger a run by hand is than one of every build. */
  static int scale() {
    return Integer.getInteger("weir.faults.scale", 1);
  }

  private Path bundles() {
    return directory.resolve("bundles");
  }

  // ------------------------------------------------------------------ given

  /** Settings that instances get which are started from here on. */
  Scene with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** Running instances, under the shipped baseline. */
  void givenInstances(String... names) {
    if (epoch == 0) {
      push("baseline");
    }
    for (String name : names) {
      start(name, Map.of());
    }
    for (String name : names) {
      awaitStarted(instance(name));
    }
  }

  /** An instance that may still wait for something. */
  Instance start(String name, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("instance", name);
    all.putIfAbsent("stateDir", directory.resolve("state-" + name).toString());
    Instance instance = Instance.start(name, directory, all, environment);
    instances.add(instance);
    return instance;
  }

  void awaitStarted(Instance instance) {
    Await.until(
        "start of " + instance.name(),
        () -> {
          if (!instance.isAlive()) {
            throw new AssertionError(instance.said());
          }
          return instance.hasSaid(" started");
        },
        instance::said);
  }

  /** A load that goes on until it is ended. */
  Load givenLoad(double perSecond) {
    Load load = new Load(cluster, NAMES, seed + loads.size(), perSecond);
    loads.add(load);
    load.start();
    return load;
  }

  /** A number of outcomes downstream, so that the fault meets a gate at work. */
  void givenOutcomes(int count) {
    Await.until(
        count + " outcomes",
        () -> watch.outcomes().size() >= count,
        () -> watch.outcomes().size() + " came; " + said());
  }

  // ------------------------------------------------------------------ when

  /** The fault. What is measured counts from here. */
  void when(String what, Runnable fault) {
    System.out.printf("fault: when %s%n", what);
    faultAt = System.nanoTime();
    fault.run();
  }

  Instance instance(String name) {
    return instances.stream()
        .filter(instance -> instance.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  BrokerProcess broker() {
    return broker;
  }

  Cluster cluster() {
    return cluster;
  }

  Path directory() {
    return directory;
  }

  Map<Place, Outcome> outcomes() {
    return watch.outcomes();
  }

  /** Publishes a shipped policy as the next epoch, under a release name that is the policy's. */
  PublishedRelease push(String policy) {
    versions.add(policy);
    epoch++;
    return publisher.publish(
        new ReleaseDraft(
            policy,
            System.currentTimeMillis(),
            OptionalLong.empty(),
            bundle.fingerprint(),
            PolicyFile.read(
                    policy, PolicyFile.shippedText("passenger/" + policy), bundle.definition())
                .json()),
        epoch);
  }

  // ------------------------------------------------------------------ then

  /**
   * Every partition decides something that was due after the fault.
   *
   * @return seconds from the fault until then
   */
  double thenEveryPartitionDecidesAgain() {
    Await.until(
        "every partition decides again",
        () -> recovered().size() == PARTITIONS,
        () -> recovered() + " did; " + said());
    double seconds =
        recovered().values().stream().mapToLong(seen -> seen - faultAt).max().orElseThrow()
            / NANOS_PER_SECOND;
    report("every partition decides again after %.1f s".formatted(seconds));
    return seconds;
  }

  private Map<Integer, Long> recovered() {
    Map<Integer, Long> first = new HashMap<>();
    for (Sent one : sent()) {
      Outcome outcome = watch.outcomes().get(new Place(one.partition(), one.offset()));
      if (one.due() > faultAt && outcome != null) {
        first.merge(one.partition(), outcome.seen(), Math::min);
      }
    }
    return first;
  }

  private List<Sent> sent() {
    return loads.stream().flatMap(load -> load.sent().stream()).toList();
  }

  /** Ends the load, waits for every outcome and checks all that must hold after any fault. */
  void thenNothingIsLostDoubledOrTorn() {
    for (Load load : loads) {
      load.end();
    }
    Account account = new Account(sent(), watch.outcomes());
    Await.until(
        account.expected() + " outcomes",
        () -> watch.outcomes().size() >= account.expected(),
        () -> watch.outcomes().size() + " came; " + said());
    assertThat(watch.doubled()).as("seen twice downstream").isEmpty();
    account.assertEachHasItsOutcome();
    account.assertBatchesAreWhole();
    account.assertLedgerBalances(cluster, NAMES, APPLICATION);
    versions.forEach(this::thenVerifyIsClean);
    report("longest wait of a record that had its batch: %.1f s; %d messages, nothing lost"
        .formatted(longestWait(), account.sent().size()));
  }

  /** What the topics carry can be recomputed to the bit. */
  private void thenVerifyIsClean(String version) {
    Path lines = directory.resolve(version + ".jsonl");
    Path tiny = bundles().resolve("tiny");
    weir(
        "decisions",
        "--bootstrap",
        broker.bootstrapServers(),
        "--bundle",
        tiny.toString(),
        "--release",
        version,
        "--out",
        lines.toString());
    weir(
        "verify",
        "--bundle",
        tiny.toString(),
        "--policy",
        "passenger/" + version,
        "--decisions",
        lines.toString());
  }

  /** A command in its own JVM that must succeed; what it said. */
  String weir(String... arguments) {
    Path output = directory.resolve("weir-" + arguments[0] + ".out");
    try (JavaProcess command = JavaProcess.start(Program.tethered(
        "dev.weir.app.Weir",
        List.of(arguments),
        List.of("-Xmx384m", "-XX:+UseSerialGC"),
        output))) {
      assertThat(command.awaitEnd(Await.PATIENCE))
          .as(() -> String.join(" ", arguments) + " said: " + command.tail())
          .hasValue(0);
      return command.tail();
    }
  }

  /* A batch waits for its last record by right: what counts is how long after that it waits. */
  private double longestWait() {
    Map<String, Long> complete = new HashMap<>();
    for (Sent one : sent()) {
      complete.merge(batch(one), one.due(), Math::max);
    }
    return sent().stream()
            .filter(one -> one.shipment().kind() != Shipment.Kind.MARKER)
            .mapToLong(one ->
                watch.outcomes().get(new Place(one.partition(), one.offset())).seen()
                    - complete.get(batch(one)))
            .max()
            .orElse(0)
        / NANOS_PER_SECOND;
  }

  private static String batch(Sent one) {
    return one.shipment().batch().orElse(one.partition() + "/" + one.offset());
  }

  /** A measured sentence, on the screen and in {@code target/faults.md}. */
  void report(String sentence) {
    String line = String.format(Locale.ROOT, "| %s | %d | %s |%n", title, seed, sentence);
    System.out.print("fault: " + line);
    try {
      Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String said() {
    StringBuilder all = new StringBuilder();
    instances.forEach(instance -> all.append(instance.said()).append('\n'));
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    loads.forEach(Load::close);
    instances.forEach(Instance::close);
    watch.close();
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
