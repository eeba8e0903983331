package dev.weir.topology.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.decision.MaskingKey;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SecretFile;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.gating.signing.VerifyingKey;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.collect.CollectStores;
import dev.weir.topology.setting.Mistakes;
import dev.weir.topology.setting.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How one instance of the gate runs. {@link #of} has the names and the defaults.
 *
 * @param bootstrapServers of the cluster, {@code host:port,…}
 * @param topics of the scope that the gate governs
 * @param applicationId of all instances of this gate: group, changelogs and transactions
 * @param instance names this one in reports
 * @param stateDir Streams' own; one process each
 * @param bundlesDir a directory of bundle directories
 * @param keys of those who may publish releases and give orders
 * @param secrets under which samples are chosen and sensitive values hashed
 * @param registry of the schemas that records may be written with
 * @param limits of batches
 * @param timing how long things may take
 * @param http where health and meters are shown
 * @param streamThreads threads that read and decide
 * @param replicationFactor of the changelogs; −1 takes the broker's default
 * @param kafka any Kafka property, passed through
 */
public record GateConfig(
    String bootstrapServers,
    TopicNames topics,
    String applicationId,
    String instance,
    Path stateDir,
    Path bundlesDir,
    ControlKeys keys,
    Secrets secrets,
    RegistryConfig registry,
    CollectLimits limits,
    Timing timing,
    Http http,
    int streamThreads,
    int replicationFactor,
    Map<String, String> kafka) {
  /** What every Kafka property's name begins with in {@link #of}. */
  public static final String KAFKA_PREFIX = "kafka.";

  /* What is read on with where the scope is wrong. */
  private static final TopicNames NO_TOPICS = TopicNames.of("unknown");

  private static final String SAMPLE_PREFIX = "keys.sample.";
  private static final int STREAM_THREADS_MAX = 64;

  public GateConfig {
    kafka = Map.copyOf(kafka);
    Mistakes mistakes = new Mistakes()
        .unless(
            !bootstrapServers.isBlank(),
            "bootstrapServers",
            "bootstrapServers is empty; give host:port")
        .unlessWithin("streamThreads", streamThreads, 1, STREAM_THREADS_MAX)
        .unlessWithin("replicationFactor", replicationFactor, -1, Short.MAX_VALUE);
    for (String name : kafka.keySet()) {
      mistakes.unless(
          !KafkaSettings.OURS.contains(name),
          KAFKA_PREFIX + name,
          "kafka property '" + name
              + "' is set by Weir itself; configure it by Weir's own name, or leave it out");
    }
    registry
        .outlasts(KafkaSettings.transactionMs(timing, kafka), KafkaSettings.pollIntervalMs(kafka))
        .ifPresent(why -> mistakes.add(RegistryConfig.PATIENCE, why));
    mistakes.refuse();
  }

  /**
   * How long things may take, in milliseconds.
   *
   * @param commitMs between two commits: nothing is visible downstream before one
   * @param lingerMs that the producer waits for company before it sends
   * @param bookStaleMsMax without a confirmed end of the policy topic, after which all is audited
   * @param closeMsMax that closing waits for the stream threads
   */
  public record Timing(long commitMs, long lingerMs, long bookStaleMsMax, long closeMsMax) {
    /** What holds where nothing else is configured. */
    public static final Timing DEFAULTS = new Timing(100, 5, 30_000, 25_000);

    public Timing {
      new Mistakes()
          .unlessWithin("commitMs", commitMs, 1, 60_000)
          .unless(lingerMs >= 0, "lingerMs", "lingerMs " + lingerMs + " is negative")
          .unless(
              commitMs < 1 || lingerMs <= commitMs,
              "lingerMs",
              "lingerMs " + lingerMs + " is above commitMs " + commitMs
                  + "; a commit sends everything, so lower it")
          .unlessWithin("bookStaleMsMax", bookStaleMsMax, 1_000, 3_600_000)
          .unlessWithin("closeMsMax", closeMsMax, 100, 600_000)
          .refuse();
    }
  }

  /**
   * Where health and meters are shown.
   *
   * @param host to listen on; any but a loopback address needs a token
   * @param port to listen on; empty for {@value #PORT}, or a free one if that is taken
   * @param viewerToken file with the token that whoever reads meters must show
   */
  public record Http(String host, OptionalInt port, Optional<Path> viewerToken) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    /** What holds where nothing else is configured. */
    public static final Http DEFAULTS =
        new Http("127.0.0.1", OptionalInt.empty(), Optional.empty());

    /** The port that is tried where none is configured. */
    public static final int PORT = 8180;

    public Http {
      new Mistakes()
          .unlessWithin("http.port", port.orElse(PORT), 1, 65_535)
          .unless(
              viewerToken.isPresent() || LOOPBACK.contains(host),
              "http.host",
              "http.host " + host + " is no loopback address, so that others can read the meters;"
                  + " name a file with a token in http.viewerToken")
          .refuse();
    }
  }

  /**
   * What a tool needs to know of a gate.
   *
   * @param kafka properties of every client, those that Streams alone knows included
   */
  public record Connection(
      String bootstrapServers, TopicNames topics, String applicationId, Map<String, String> kafka) {
    public Connection {
      kafka = Map.copyOf(kafka);
    }
  }

  /** What Kafka Streams is started with, for those who measure the gate beside another topology. */
  public Properties kafkaStreams() {
    return KafkaSettings.streams(this);
  }

  /** The changelog whose live keys are the records of open batches. */
  public String openRecordsTopic() {
    return CollectStores.recordsChangelog(applicationId);
  }

  /**
   * A configuration by name. Needed: bootstrapServers, scope, stateDir, bundlesDir. The rest has
   * defaults; names that begin with {@value #KAFKA_PREFIX} are passed through.
   *
   * @throws dev.weir.topology.setting.InvalidSettings naming all that is missing, unknown or wrong
   */
  public static GateConfig of(Map<String, String> settings) {
    return of(settings, Map.of());
  }

  /**
   * A configuration by name, of which the environment may override everything: {@code
   * WEIR_BATCH_RECORDS_MAX} is batch.recordsMax, {@code WEIR_KAFKA_SECURITY_PROTOCOL} is
   * kafka.security.protocol.
   *
   * @throws dev.weir.topology.setting.InvalidSettings naming all that is missing, unknown or wrong
   */
  public static GateConfig of(Map<String, String> settings, Map<String, String> environment) {
    Settings from = new Settings(settings, environment);
    return from.ofAll(() -> of(from));
  }

  private static GateConfig of(Settings from) {
    TopicNames topics = topics(from);
    String applicationId = applicationId(from, topics);
    return new GateConfig(
        from.text("bootstrapServers"),
        topics,
        applicationId,
        from.text("instance", applicationId + "-0"),
        Path.of(from.text("stateDir")),
        Path.of(from.text("bundlesDir")),
        keys(from),
        secrets(from),
        RegistryConfig.of(from),
        limits(from),
        timing(from),
        http(from),
        from.integer("streamThreads", 1),
        from.integer("replicationFactor", -1),
        from.below(KAFKA_PREFIX));
  }

  /**
   * What a tool needs of a gate's configuration; the rest is passed over.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public static Connection connection(
      Map<String, String> settings, Map<String, String> environment) {
    Settings from = new Settings(settings, environment);
    return from.of(() -> {
      TopicNames topics = topics(from);
      return new Connection(
          from.text("bootstrapServers"),
          topics,
          applicationId(from, topics),
          from.below(KAFKA_PREFIX));
    });
  }

  private static TopicNames topics(Settings from) {
    String prefix = from.text("topicPrefix", TopicNames.DEFAULT_PREFIX);
    String scope = from.text("scope");
    return from.part("scope", NO_TOPICS, () -> new TopicNames(prefix, scope));
  }

  private static String applicationId(Settings from, TopicNames topics) {
    return from.text("applicationId", topics.prefix() + "." + topics.scope() + ".gate");
  }

  private static Timing timing(Settings from) {
    Timing timing = Timing.DEFAULTS;
    return from.part(
        "commitMs",
        timing,
        () -> new Timing(
            from.whole("commitMs", timing.commitMs()),
            from.whole("lingerMs", timing.lingerMs()),
            from.whole("bookStaleMsMax", timing.bookStaleMsMax()),
            from.whole("closeMsMax", timing.closeMsMax())));
  }

  private static Http http(Settings from) {
    boolean isPortGiven = from.has("http.port");
    int port = from.integer("http.port", Http.PORT);
    return from.part(
        "http.host",
        Http.DEFAULTS,
        () -> new Http(
            from.text("http.host", Http.DEFAULTS.host()),
            isPortGiven ? OptionalInt.of(port) : OptionalInt.empty(),
            from.file("http.viewerToken", Function.identity())));
  }

  private static CollectLimits limits(Settings from) {
    CollectLimits limits = CollectLimits.DEFAULTS;
    CollectLimits.Open open = limits.open();
    return from.part(
        "batch.recordsMax",
        limits,
        () -> new CollectLimits(
            from.integer("batch.recordsMax", limits.recordsMax()),
            from.whole("batch.bytesMax", limits.batchBytesMax()),
            times(from),
            from.part(
                "batch.openMax",
                open,
                () -> new CollectLimits.Open(
                    from.integer("batch.openMax", open.batchesMax()),
                    from.whole("batch.openBytesMax", open.bytesMax()),
                    from.integer("batch.expiriesPerTickMax", open.expiriesPerTickMax()))),
            from.integer("batch.dedupeRecordsMax", limits.dedupeRecordsMax())));
  }

  private static CollectLimits.Times times(Settings from) {
    CollectLimits.Times times = CollectLimits.Times.DEFAULTS;
    long ageMsMax = from.whole("batch.ageMsMax", times.ageMsMax());
    return from.part(
        "batch.ageMsMax",
        times,
        () -> new CollectLimits.Times(
            from.whole("batch.idleMsMax", times.idleMsMax()),
            ageMsMax,
            from.whole("batch.ageHardMsMax", Math.max(ageMsMax, times.ageHardMsMax())),
            from.whole("batch.tickMs", times.tickMs())));
  }

  /** Whom a gate with these settings trusts; the rest is passed over. */
  public static ControlKeys controlKeys(
      Map<String, String> settings, Map<String, String> environment) {
    Settings from = new Settings(settings, environment);
    return from.of(() -> keys(from));
  }

  /* Files are read here: an instance that cannot know its operators must not start. */
  private static ControlKeys keys(Settings from) {
    List<VerifyingKey> operators = from.files("keys.operators", KeyFile::readPublic);
    int signaturesMin = from.integer("keys.signaturesMin", Math.min(1, operators.size()));
    List<VerifyingKey> monitors = from.files("keys.monitors", KeyFile::readPublic);
    return from.part(
        "keys.signaturesMin",
        ControlKeys.NONE,
        () -> new ControlKeys(new TrustedKeys(operators, signaturesMin), monitors));
  }

  /** What makes a reader of records for a thread, with the registry of a gate's configuration. */
  public static Supplier<PayloadReader> payloads(
      Map<String, String> settings, Map<String, String> environment) {
    Settings from = new Settings(settings, environment);
    return from.of(() -> RegistryConfig.of(from))::payloads;
  }

  /** The secrets that settings name, each a file: keys.sample.NAME and keys.masking. */
  public static Secrets secrets(Map<String, String> settings) {
    Settings from = new Settings(settings, Map.of());
    return from.of(() -> secrets(from));
  }

  private static Secrets secrets(Settings from) {
    Map<String, byte[]> samples = new HashMap<>();
    from.filesBelow(SAMPLE_PREFIX, SecretFile::read).forEach(samples::put);
    return new Secrets(
        SampleKeys.DEMO.and(samples),
        from.file("keys.masking", SecretFile::read).map(MaskingKey::new));
  }
}
