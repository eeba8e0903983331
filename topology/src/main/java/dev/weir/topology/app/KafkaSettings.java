package dev.weir.topology.app;

import dev.weir.topology.collect.CollectStores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** A gate's configuration in Kafka's names, every choice with its reason. */
final class KafkaSettings {
  /** What a passed-through property must not change: the gate's promises rest on it. */
  static final Set<String> OURS = Set.of(
      StreamsConfig.APPLICATION_ID_CONFIG,
      StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
      StreamsConfig.STATE_DIR_CONFIG,
      StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
      // A handler that goes on would lose decisions. The constants of the older names are
      // deprecated.
      StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
      "processing.exception.handler.global.enabled",
      StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
      "default.production.exception.handler",
      StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
      "default.deserialization.exception.handler",
      StreamsConfig.NUM_STREAM_THREADS_CONFIG,
      StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
      StreamsConfig.REPLICATION_FACTOR_CONFIG,
      ProducerConfig.LINGER_MS_CONFIG,
      StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG));

  private static final Set<String> STATIC_MEMBER = Set.of(
      ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
      StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
      StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));

  private static final String TRANSACTION_TIMEOUT =
      StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);

  /* Those that hold for the consumer of records, the one that wins first. */
  private static final List<String> POLL_INTERVAL = List.of(
      StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
      StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
      ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final long POLL_INTERVAL_MS_DEFAULT = 300_000;
  private static final long TRANSACTION_MS_MIN = 10_000;
  private static final int COMMITS_PER_TRANSACTION_TIMEOUT = 10;

  private KafkaSettings() {}

  static Properties streams(GateConfig config) {
    Properties all = new Properties();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    all.put(StreamsConfig.CLIENT_ID_CONFIG, config.instance());
    // The default is the system's temporary directory, which others clean.
    all.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
    setExactlyOnce(all, config);
    setFailing(all);
    // The streams protocol of 4.3 has no topology evolution and sessions of 45 s at least.
    all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // A store or changelog with a generated name would be lost at the next change of the topology.
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Both stores are in memory already; a cache before them would only delay their changelogs.
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    // The default, said aloud: how long an idle thread sleeps, and so how late a time-out may be.
    all.put(StreamsConfig.POLL_MS_CONFIG, 100L);
    // A gate that starts late must not skip what has come before.
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    setMembership(all);
    all.putAll(config.kafka());
    return all;
  }

  private static void setMembership(Properties all) {
    // The partitions of an instance that died idle for so long. The default of 45 s spares large
    // stores a move after a long pause; ours are small, and readers wait 10 s for the dead
    // instance's transaction anyway. Without a prefix, so that one passed through replaces it.
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
  }

  private static void setExactlyOnce(Properties all, GateConfig config) {
    long commitMs = config.timing().commitMs();
    // A batch's decisions, hold, dead letters, buffer and offsets are one transaction.
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // The floor of the latency: downstream reads committed and sees nothing before.
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
    // Streams' default is 100: it would hold records back as long as a commit. A commit flushes
    // anyway.
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        config.timing().lingerMs());
    // Well above a commit and the largest tick, and no more: readers wait that long for a dead
    // instance.
    all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
        Math.max(TRANSACTION_MS_MIN, COMMITS_PER_TRANSACTION_TIMEOUT * commitMs));
    // A dead letter is the record as received with six headers more: it must not be too large.
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        CollectStores.RECORD_BYTES_MAX);
    // Avro and JSON shrink well, and lz4 costs next to nothing.
    all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
  }

  private static long transactionMs(GateConfig.Timing timing) {
    return Math.max(TRANSACTION_MS_MIN, COMMITS_PER_TRANSACTION_TIMEOUT * timing.commitMs());
  }

  /** After how long the broker aborts a transaction of which it hears nothing. */
  static long transactionMs(GateConfig.Timing timing, Map<String, String> kafka) {
    return millis(List.of(TRANSACTION_TIMEOUT), kafka, transactionMs(timing));
  }

  /** After how long without a poll the group takes an instance's partitions away. */
  static long pollIntervalMs(Map<String, String> kafka) {
    return millis(POLL_INTERVAL, kafka, POLL_INTERVAL_MS_DEFAULT);
  }

  private static long millis(List<String> names, Map<String, String> kafka, long otherwise) {
    for (String name : names) {
      String value = kafka.get(name);
      if (value != null && NUMBER.matcher(value.strip()).matches()) {
        return Long.parseLong(value.strip());
      }
    }
    // What is no number, Kafka refuses itself.
    return otherwise;
  }

  private static void setFailing(Properties all) {
    // Streams' handlers are the last net, never the path of a known case: they stop the client.
    all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LastNet.class.getName());
    // We have no global store; without the key Streams warns at every start. Its constant is
    // deprecated from birth: from 5.0 on this is the default.
    all.put("processing.exception.handler.global.enabled", true);
  }

  /** Whether its members keep their partitions over a restart, as their operator names them. */
  static boolean hasStaticMembers(GateConfig config) {
    return STATIC_MEMBER.stream().anyMatch(config.kafka()::containsKey);
  }

  /** For the feed's own clients: addresses, and what was passed through without a prefix. */
  static Map<String, Object> clients(GateConfig config) {
    Map<String, Object> all = new HashMap<>(config.kafka());
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    all.put(StreamsConfig.CLIENT_ID_CONFIG, config.instance() + "-book");
    return all;
  }

  /** Those of {@link #clients(GateConfig)} that a kind of client knows. */
  static Map<String, Object> clients(GateConfig config, Set<String> known) {
    Map<String, Object> all = clients(config);
    all.keySet().retainAll(known);
    return all;
  }
}
