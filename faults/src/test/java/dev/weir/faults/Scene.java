package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.Load.Sent;
import dev.weir.faults.Watch.Outcome;
import dev.weir.faults.Watch.Place;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.LedgerReport;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.broker.BrokerProcess;
import dev.weir.testkit.broker.BrokerProcess.Tuning;
import dev.weir.testkit.broker.EmbeddedBroker.Options;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * A gate on real parts, and the words to say what happens to it: given instances and a load, when
 * something breaks, then it recovers and nothing is lost.
 *
 * <p>The broker, each instance and each command run in JVMs of their own. {@code -Dseed=N} repeats
 * what is sent; how long everything takes is the machine's business and never decides a test.
 *
 * <p>It is longer than a file should be, so that all words are in one place.
 */
final class Scene implements AutoCloseable {
  /** Records topic's partitions. */
  static final int PARTITIONS = 4;

  static final TopicNames NAMES = TopicNames.of("passenger");
  static final String APPLICATION = "weir.passenger.gate";

  private static final Path REPORT = Path.of("target", "faults.md");
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private final String title;
  private final long seed;
  private final Path directory;
  private final BrokerProcess broker;
  private final Cluster cluster;
  private final Releases releases;
  private final Watch watch;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private Optional<Watch> slow = Optional.empty();
  private long faultAt;

  private Scene(String title, long seed, Path directory, Tuning tuning) {
    this.title = title;
    this.seed = seed;
    this.directory = directory;
    this.broker = BrokerProcess.start(Options.temporary(), tuning);
    this.cluster = Cluster.at(broker.bootstrapServers());
    new Topics(cluster, NAMES).make(new TopicSizes(PARTITIONS, 1));
    this.releases = new Releases(cluster, NAMES, TinyBundle.write(bundles().resolve("tiny")));
    this.watch = new Watch(cluster, NAMES, Duration.ZERO);
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
    return of(title, Tuning.PATIENT);
  }

  /** One whose broker is killed: it is back soon, and does not bear a machine that stalls. */
  static Scene withMortalBroker(String title) {
    return of(title, Tuning.QUICK_RESTART);
  }

  private static Scene of(String title, Tuning tuning) {
    long seed = seed();
    System.out.printf(Locale.ROOT, "fault: %s, -Dseed=%d%n", title, seed);
    try {
      return new Scene(title, seed, Files.createTempDirectory("weir-faults-"), tuning);
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

  /** The shipped baseline, if no policy was pushed yet. */
  void givenPolicy() {
    if (releases.isEmpty()) {
      push("baseline");
    }
  }

  /** Somebody downstream who reads a little every few seconds. */
  Watch givenSlowReader() {
    Map<String, Object> fewAtATime = new HashMap<>(cluster.properties());
    fewAtATime.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20);
    slow = Optional.of(new Watch(new Cluster(fewAtATime), NAMES, SLOW));
    return slow.orElseThrow();
  }

  /** Running instances, under the shipped baseline. */
  void givenInstances(String... names) {
    givenPolicy();
    for (String name : names) {
      start(name, Map.of());
    }
    for (String name : names) {
      awaitStarted(instance(name));
    }
  }

  Instance start(String name) {
    return start(name, Map.of());
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
          assertThat(instance.isAlive()).as(instance::said).isTrue();
          return instance.hasSaid("event=started");
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

  /** A sender that sends nothing but what it is given. */
  Load givenQuiet() {
    Load load = new Load(cluster, NAMES, seed, 1);
    loads.add(load);
    return load;
  }

  /** So many records are committed as waiting for the rest of their batches. */
  void givenOpen(int count) {
    Await.until(
        count + " open records",
        () -> Account.open(cluster, APPLICATION).values().stream()
                .mapToInt(Set::size)
                .sum()
            == count,
        this::said);
  }

  /** Both instances have partitions. */
  void givenPartitionsAreShared() {
    Await.until(
        "partitions on every instance",
        () -> partitionsByMember().size() == instances.size(),
        () -> partitionsByMember() + "; " + said());
  }

  /** The partitions of each static member. */
  Map<String, Set<Integer>> partitionsByMember() {
    try (Admin admin = cluster.admin()) {
      Map<String, Set<Integer>> found = new TreeMap<>();
      Cluster.await(
              admin.describeConsumerGroups(List.of(APPLICATION)).all(), "describing the group")
          .get(APPLICATION)
          .members()
          .forEach(member -> found.put(
              member.groupInstanceId().orElse(member.consumerId()),
              member.assignment().topicPartitions().stream()
                  .map(TopicPartition::partition)
                  .collect(Collectors.toCollection(TreeSet::new))));
      return found;
    }
  }

  /** A source of chance for what a test sends besides a load. */
  Random random() {
    return new Random(seed);
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

  /** How long ago the fault was. */
  double secondsSinceFault() {
    return (System.nanoTime() - faultAt) / NANOS_PER_SECOND;
  }

  /** What a supervisor does: starts an instance that has ended by itself. */
  void supervise(String name) {
    Instance instance = instance(name);
    Await.until("end of " + name, () -> !instance.isAlive(), instance::said);
    instance.startAgain();
    awaitStarted(instance);
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
    return releases.push(policy);
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
    report(String.format(Locale.ROOT, "every partition decides again after %.1f s", seconds));
    return seconds;
  }

  /** A valid record has its decision. */
  void thenIsDecided(Shipment shipment) {
    Await.until(
        "decision of " + shipment.recordId(),
        () -> watch.outcomes().values().stream()
            .flatMap(outcome -> outcome.decision().stream())
            .anyMatch(decision -> decision.getRecordId().equals(shipment.recordId())),
        this::said);
  }

  /** Reports how long the last decision took from the fault. */
  void thenLastDecisionCame() {
    long last =
        watch.outcomes().values().stream().mapToLong(Outcome::seen).max().orElseThrow();
    report(String.format(
        Locale.ROOT,
        "the last decision came after %.1f s; %d, none lost",
        (last - faultAt) / NANOS_PER_SECOND,
        watch.outcomes().size()));
  }

  /** So many outcomes are seen downstream, and none twice. */
  void thenSeen(int count) {
    givenOutcomes(count);
    assertThat(watch.doubled()).as("seen twice downstream").isEmpty();
  }

  /**
   * The conservation law holds by offset, with nothing open, and every decision recomputes. For
   * records of which this scene does not know how they were sent.
   */
  void thenLedgerBalancesAndVerifyIsClean() {
    LedgerReport report = Account.ledger(cluster, NAMES, APPLICATION);
    assertThat(report.balances()).as(report.text()).isTrue();
    assertThat(report.open()).as("open").isZero();
    verifyIsClean();
  }

  private void verifyIsClean() {
    Commands commands =
        new Commands(broker.bootstrapServers(), bundles().resolve("tiny"), directory);
    releases.versions().stream()
        .filter(version -> watch.outcomes().values().stream()
            .flatMap(outcome -> outcome.decision().stream())
            .anyMatch(decision -> decision.getRelease().getVersion().equals(version)))
        .forEach(commands::assertVerifyIsClean);
  }

  /** A reader that was slow sees in the end what the other one saw. */
  void thenSeesTheSame(Watch reader) {
    report(String.format(
        Locale.ROOT,
        "the slow reader had seen %d of %d when all was decided",
        reader.outcomes().size(),
        watch.outcomes().size()));
    reader.hurry();
    Await.until(
        "the slow reader's end",
        () -> reader.outcomes().size() >= watch.outcomes().size(),
        () -> "it has seen " + reader.outcomes().size());
    assertThat(reader.doubled()).as("seen twice by the slow reader").isEmpty();
    assertThat(reader.outcomes().keySet()).isEqualTo(watch.outcomes().keySet());
  }

  /** Every named instance has activated a release. */
  void thenIsActivated(PublishedRelease release, List<String> names) {
    names.forEach(name -> releases.awaitActivated(release, instance(name)));
    report(String.format(
        Locale.ROOT,
        "every instance has activated the last release after %.1f s",
        secondsSinceFault()));
  }

  /** Decisions name a release's epoch. */
  void thenDecidesUnder(long wanted) {
    Await.until(
        "decisions under epoch " + wanted,
        () -> epochsOfDecisions().contains(wanted),
        () -> epochsOfDecisions() + "; " + said());
  }

  Set<Long> epochsOfDecisions() {
    return watch.outcomes().values().stream()
        .flatMap(outcome -> outcome.decision().stream())
        .map(decision -> decision.getRelease().getEpoch())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<Integer, Long> recovered() {
    return waits().firstAfter(faultAt);
  }

  private Waits waits() {
    return new Waits(sent(), watch.outcomes());
  }

  private List<Sent> sent() {
    return loads.stream().flatMap(load -> load.sent().stream()).toList();
  }

  /** Ends the load, waits for every outcome and checks all that must hold after any fault. */
  void thenNothingIsLostDoubledOrTorn() {
    Account account = thenNothingIsLostOrDoubled();
    account.assertBatchesAreWhole();
    report(String.format(
        Locale.ROOT,
        "longest wait of a record that had its batch: %.1f s; %d messages, nothing lost",
        waits().longest(),
        account.sent().size()));
  }

  /** The same where batches end by time, so that nobody can say of what size they must be. */
  Account thenNothingIsLostOrDoubled() {
    loads.forEach(Load::end);
    Account account = new Account(sent(), watch.outcomes());
    Await.until(
        account.expected() + " outcomes",
        () -> watch.outcomes().size() >= account.expected(),
        () -> watch.outcomes().size() + " came; " + said());
    assertThat(watch.doubled()).as("seen twice downstream").isEmpty();
    account.assertEachHasItsOutcome();
    account.assertLedgerBalances(cluster, NAMES, APPLICATION);
    verifyIsClean();
    return account;
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
    slow.ifPresent(Watch::close);
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
