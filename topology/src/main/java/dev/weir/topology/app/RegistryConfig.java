package dev.weir.topology.app;

import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryClient;
import dev.weir.schemas.registry.RegistryDeserializer;
import dev.weir.schemas.registry.RegistryOutage;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.schemas.registry.SubjectNaming;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.setting.Mistakes;
import dev.weir.topology.setting.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Which schema registry records may need, if any.
 *
 * @param deserializer class name of the Kafka deserializer of Avro records
 * @param properties for it; empty where there is no registry
 * @param isForDecisions whether the schema of decisions is registered there at the start
 */
public record RegistryConfig(
    String deserializer, Map<String, String> properties, boolean isForDecisions) {
  /** How long a question may take. */
  static final String PATIENCE = "registry.patienceMsMax";

  private static final String PREFIX = "registry.";

  /** Records need none. */
  public static final RegistryConfig NONE =
      new RegistryConfig(RegistryDeserializer.class.getName(), Map.of(), false);

  private static final String URL = "url";
  private static final String DESERIALIZER = "deserializer";
  private static final String DECISIONS = "decisions";

  /* Weir's names, and those that Confluent's serdes and ours share. */
  private static final Map<String, String> TEXTS = new TreeMap<>(Map.of(
      URL,
      RegistrySettings.URL,
      "userInfo",
      RegistrySettings.USER_INFO,
      "token",
      RegistrySettings.TOKEN));

  private static final Map<String, Count> NUMBERS = new TreeMap<>(Map.of(
      "timeoutMsMax",
      new Count(RegistrySettings.TIMEOUT_MS, 1, 600_000),
      "patienceMsMax",
      new Count(RegistrySettings.PATIENCE_MS, 100, 600_000),
      "schemasMax",
      new Count(RegistrySettings.SCHEMAS, 1, 1_000_000)));

  /** A whole number within [min, max]. */
  private record Count(String property, int min, int max) {}

  public RegistryConfig {
    properties = Map.copyOf(properties);
  }

  /** The configuration among all settings. */
  static RegistryConfig of(Settings from) {
    return from.part(PREFIX + URL, NONE, () -> read(from));
  }

  private static RegistryConfig read(Settings from) {
    Map<String, String> properties = new HashMap<>();
    TEXTS.forEach((name, property) ->
        from.find(PREFIX + name).ifPresent(value -> properties.put(property, value)));
    Mistakes mistakes = new Mistakes();
    NUMBERS.forEach((name, number) -> {
      if (from.has(PREFIX + name)) {
        int value = from.integer(PREFIX + name, number.min());
        mistakes.unlessWithin(PREFIX + name, value, number.min(), number.max());
        properties.put(number.property(), Integer.toString(value));
      }
    });
    // Confluent's serdes want to be told that the credentials are among their properties.
    if (properties.containsKey(RegistrySettings.USER_INFO)) {
      properties.put("basic.auth.credentials.source", "USER_INFO");
    }
    if (properties.containsKey(RegistrySettings.TOKEN)) {
      properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    }
    if (properties.containsKey(RegistrySettings.URL)) {
      // Confluent's own defaults, a minute and three attempts more, outlast a transaction.
      String timeoutMs = properties.computeIfAbsent(
          RegistrySettings.TIMEOUT_MS,
          name -> Integer.toString(RegistrySettings.TIMEOUT_MS_DEFAULT));
      properties.put("http.connect.timeout.ms", timeoutMs);
      properties.put("max.retries", "1");
    }
    properties.putAll(from.below(PREFIX + "property."));
    Optional<String> deserializer = from.find(PREFIX + DESERIALIZER);
    Optional<String> decisions = from.find(PREFIX + DECISIONS);
    RegistryConfig config = new RegistryConfig(
        deserializer.orElse(NONE.deserializer),
        properties,
        decisions.map("true"::equals).orElse(false));
    mistakes
        .unless(
            properties.isEmpty() && deserializer.isEmpty() && decisions.isEmpty()
                || properties.containsKey(RegistrySettings.URL),
            PREFIX + URL,
            "setting 'registry.url' is missing beside other settings of a registry; give"
                + " http://host:port")
        .unless(
            decisions.map(Set.of("true", "false")::contains).orElse(true),
            PREFIX + DECISIONS,
            "registry.decisions must be true or false, found '" + decisions.orElse("") + "'")
        .refuse();
    if (!properties.isEmpty()) {
      RegistrySettings.of(config.properties());
      config.payloads().close();
    }
    return config;
  }

  /**
   * Why Kafka would take the instance for dead before an outage is noticed; empty where it would not.
   * One batch takes twice the patience at most: its last question is asked before that has passed.
   *
   * @param transactionMs after which the broker aborts a transaction
   * @param pollMs after which the group takes the partitions away
   */
  Optional<String> outlasts(long transactionMs, long pollMs) {
    if (properties.isEmpty()) {
      return Optional.empty();
    }
    int patienceMs = RegistrySettings.of(properties).patienceMsMax();
    return 2L * patienceMs < Math.min(transactionMs, pollMs)
        ? Optional.empty()
        : Optional.of(String.format(
            Locale.ROOT,
            "%s %d: a batch may wait twice as long for the registry, which must be less than"
                + " transaction.timeout.ms %d and max.poll.interval.ms %d; lower it",
            PATIENCE,
            patienceMs,
            transactionMs,
            pollMs));
  }

  /**
   * Registers the schema of decisions for the topics that have them, if that is asked for, so that
   * whoever knows the registry alone can read them.
   *
   * @return by subject the schema's id there; empty where it is not asked for
   * @throws RegistryOutage if the registry does not answer
   * @throws IllegalStateException if it refuses the schema
   */
  Map<String, Integer> registerDecisions(TopicNames topics) {
    Map<String, Integer> ids = new TreeMap<>();
    if (!isForDecisions) {
      return ids;
    }
    RegistryClient client = new RegistryClient(RegistrySettings.of(properties));
    Schema schema = Decision.getClassSchema();
    for (String topic : List.of(topics.autoAccept(), topics.priorityAudit())) {
      String subject = SubjectNaming.TOPIC_NAME.subject(topic, false, schema);
      try {
        ids.put(subject, client.register(subject, schema));
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(
            "registry.decisions: the registry refuses the schema of decisions under " + subject
                + ": " + e.getMessage(),
            e);
      }
    }
    return ids;
  }

  /** A reader for one thread. */
  PayloadReader payloads() {
    return properties.isEmpty()
        ? PayloadReader.withoutRegistry()
        : PayloadReader.of(deserializer, properties);
  }

  /** Says which, and no secret. */
  @Override
  public String toString() {
    return properties.isEmpty()
        ? "no registry"
        : RegistrySettings.of(properties).toString();
  }
}
