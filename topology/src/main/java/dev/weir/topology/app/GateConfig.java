package dev.weir.topology.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.gating.signing.VerifyingKey;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.collect.CollectStores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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
 * @param limits of batches
 * @param timing how long things may take
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
    CollectLimits limits,
    Timing timing,
    int streamThreads,
    int replicationFactor,
    Map<String, String> kafka) {
  /** What every Kafka property's name begins with in {@link #of}. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final int STREAM_THREADS_MAX = 64;

  public GateConfig {
    kafka = Map.copyOf(kafka);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers is empty; give host:port");
    }
    require("streamThreads", streamThreads, 1, STREAM_THREADS_MAX);
    require("replicationFactor", replicationFactor, -1, Short.MAX_VALUE);
    for (String name : KafkaSettings.OURS) {
      if (kafka.containsKey(name)) {
        throw new IllegalArgumentException("kafka property '" + name
            + "' is set by Weir itself; configure it by Weir's own name, or leave it out");
      }
    }
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
      require("commitMs", commitMs, 1, 60_000);
      require("lingerMs", lingerMs, 0, commitMs);
      require("bookStaleMsMax", bookStaleMsMax, 1_000, 3_600_000);
      require("closeMsMax", closeMsMax, 100, 600_000);
    }
  }

  private static void require(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s %d is outside [%d, %d]".formatted(name, value, min, max));
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
   * @throws IllegalArgumentException naming what is missing, unknown or wrong
   */
  public static GateConfig of(Map<String, String> settings) {
    Settings from = new Settings(settings);
    String scope = from.text("scope");
    TopicNames topics = new TopicNames(from.text("topicPrefix", TopicNames.DEFAULT_PREFIX), scope);
    String applicationId = from.text("applicationId", topics.prefix() + "." + scope + ".gate");
    Timing timing = Timing.DEFAULTS;
    GateConfig config = new GateConfig(
        from.text("bootstrapServers"),
        topics,
        applicationId,
        from.text("instance", applicationId + "-0"),
        Path.of(from.text("stateDir")),
        Path.of(from.text("bundlesDir")),
        keys(from),
        limits(from),
        new Timing(
            from.whole("commitMs", timing.commitMs()),
            from.whole("lingerMs", timing.lingerMs()),
            from.whole("bookStaleMsMax", timing.bookStaleMsMax()),
            from.whole("closeMsMax", timing.closeMsMax())),
        from.integer("streamThreads", 1),
        from.integer("replicationFactor", -1),
        from.passedThrough());
    from.requireNothingLeft();
    return config;
  }

  private static CollectLimits limits(Settings from) {
    CollectLimits limits = CollectLimits.DEFAULTS;
    CollectLimits.Times times = limits.times();
    CollectLimits.Open open = limits.open();
    long ageMsMax = from.whole("batch.ageMsMax", times.ageMsMax());
    return new CollectLimits(
        from.integer("batch.recordsMax", limits.recordsMax()),
        from.whole("batch.bytesMax", limits.batchBytesMax()),
        new CollectLimits.Times(
            from.whole("batch.idleMsMax", times.idleMsMax()),
            ageMsMax,
            from.whole("batch.ageHardMsMax", Math.max(ageMsMax, times.ageHardMsMax())),
            from.whole("batch.tickMs", times.tickMs())),
        new CollectLimits.Open(
            from.integer("batch.openMax", open.batchesMax()),
            from.whole("batch.openBytesMax", open.bytesMax()),
            from.integer("batch.expiriesPerTickMax", open.expiriesPerTickMax())),
        from.integer("batch.dedupeRecordsMax", limits.dedupeRecordsMax()));
  }

  /* Files are read here: an instance that cannot know its operators must not start. */
  private static ControlKeys keys(Settings from) {
    List<VerifyingKey> operators =
        from.files("keys.operators").map(KeyFile::readPublic).toList();
    int signaturesMin = from.integer("keys.signaturesMin", Math.min(1, operators.size()));
    List<VerifyingKey> monitors =
        from.files("keys.monitors").map(KeyFile::readPublic).toList();
    return new ControlKeys(new TrustedKeys(operators, signaturesMin), monitors);
  }

  /** Settings of which each is taken once. */
  private static final class Settings {
    private final Map<String, String> left;
    private final Set<String> known = new TreeSet<>();

    Settings(Map<String, String> settings) {
      this.left = new TreeMap<>(settings);
    }

    String text(String name) {
      known.add(name);
      String value = left.remove(name);
      if (value == null) {
        throw new IllegalArgumentException("setting '" + name + "' is missing");
      }
      return value;
    }

    String text(String name, String otherwise) {
      return left.containsKey(name) ? text(name) : otherwise(name, otherwise);
    }

    private String otherwise(String name, String value) {
      known.add(name);
      return value;
    }

    long whole(String name, long otherwise) {
      String text = text(name, Long.toString(otherwise));
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "setting '" + name + "' must be a whole number, found '" + text + "'", e);
      }
    }

    int integer(String name, int otherwise) {
      long value = whole(name, otherwise);
      if (value != (int) value) {
        throw new IllegalArgumentException("setting '" + name + "' " + value + " is too large");
      }
      return (int) value;
    }

    Stream<Path> files(String name) {
      return Stream.of(text(name, "").split(","))
          .map(String::strip)
          .filter(file -> !file.isEmpty())
          .map(Path::of);
    }

    Map<String, String> passedThrough() {
      Map<String, String> kafka = new HashMap<>();
      left.forEach((name, value) -> {
        if (name.startsWith(KAFKA_PREFIX)) {
          kafka.put(name.substring(KAFKA_PREFIX.length()), value);
        }
      });
      left.keySet().removeIf(name -> name.startsWith(KAFKA_PREFIX));
      return kafka;
    }

    void requireNothingLeft() {
      if (!left.isEmpty()) {
        throw new IllegalArgumentException("unknown settings " + left.keySet() + "; known: " + known
            + " and " + KAFKA_PREFIX + "…");
      }
    }
  }
}
