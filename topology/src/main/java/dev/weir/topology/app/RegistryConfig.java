package dev.weir.topology.app;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryDeserializer;
import dev.weir.schemas.registry.RegistrySettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which schema registry records may need, if any.
 *
 * @param deserializer class name of the Kafka deserializer of Avro records
 * @param properties for it; empty where there is no registry
 */
public record RegistryConfig(String deserializer, Map<String, String> properties) {
  /** What every name of these begins with in a gate's configuration. */
  public static final String PREFIX = "registry.";

  /** Records need none. */
  public static final RegistryConfig NONE =
      new RegistryConfig(RegistryDeserializer.class.getName(), Map.of());

  private static final String URL = "url";
  private static final String DESERIALIZER = "deserializer";
  private static final String PASSED_THROUGH = "property.";

  /* Weir's names, and those that Confluent's serdes and ours share. */
  private static final Map<String, String> NAMES = new TreeMap<>(Map.of(
      URL,
      RegistrySettings.URL,
      "userInfo",
      RegistrySettings.USER_INFO,
      "token",
      RegistrySettings.TOKEN,
      "timeoutMsMax",
      RegistrySettings.TIMEOUT_MS,
      "patienceMsMax",
      RegistrySettings.PATIENCE_MS,
      "schemasMax",
      RegistrySettings.SCHEMAS));

  public RegistryConfig {
    properties = Map.copyOf(properties);
  }

  /**
   * The configuration in settings, their prefix taken off.
   *
   * @throws IllegalArgumentException naming what is missing, unknown or wrong
   */
  static RegistryConfig of(Map<String, String> settings) {
    Map<String, String> left = new LinkedHashMap<>(new TreeMap<>(settings));
    Map<String, String> properties = new HashMap<>();
    String deserializer = take(left, DESERIALIZER, RegistryDeserializer.class.getName());
    NAMES.forEach((name, property) -> {
      if (left.containsKey(name)) {
        properties.put(property, take(left, name, ""));
      }
    });
    // Confluent's serdes want to be told that the credentials are among their properties.
    if (properties.containsKey(RegistrySettings.USER_INFO)) {
      properties.put("basic.auth.credentials.source", "USER_INFO");
    }
    if (properties.containsKey(RegistrySettings.TOKEN)) {
      properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    }
    if (!settings.isEmpty()) {
      // Confluent's own defaults, a minute and three attempts more, outlast a transaction.
      properties.putIfAbsent(
          RegistrySettings.TIMEOUT_MS, Integer.toString(RegistrySettings.TIMEOUT_MS_DEFAULT));
      properties.put(
          "http.connect.timeout.ms", String.valueOf(properties.get(RegistrySettings.TIMEOUT_MS)));
      properties.put("max.retries", "1");
    }
    left.forEach((name, value) -> {
      if (!name.startsWith(PASSED_THROUGH)) {
        throw unknown(name);
      }
      properties.put(name.substring(PASSED_THROUGH.length()), value);
    });
    RegistryConfig config = new RegistryConfig(deserializer, properties);
    if (!settings.isEmpty()) {
      RegistrySettings.of(config.properties());
      config.payloads().close();
    }
    return config;
  }

  private static String take(Map<String, String> left, String name, String otherwise) {
    String value = left.remove(name);
    return value == null ? otherwise : value;
  }

  /** The names of all settings but those passed through, without the prefix. */
  static Set<String> names() {
    Set<String> known = new TreeSet<>(NAMES.keySet());
    known.add(DESERIALIZER);
    return known;
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("unknown setting registry." + name + "; known below "
        + PREFIX + ": " + names() + " and " + PASSED_THROUGH + "…");
  }

  /**
   * Checks that an outage is noticed before Kafka takes the instance for dead. One batch takes twice
   * the patience at most: its last question is asked before that has passed.
   *
   * @param transactionMs after which the broker aborts a transaction
   * @param pollMs after which the group takes the partitions away
   * @throws IllegalArgumentException if it is not
   */
  void requireWithin(long transactionMs, long pollMs) {
    if (properties.isEmpty()) {
      return;
    }
    long batchMs = 2L * RegistrySettings.of(properties).patienceMsMax();
    if (batchMs >= Math.min(transactionMs, pollMs)) {
      throw new IllegalArgumentException(
          ("registry.patienceMsMax %d: a batch may wait twice as long for the registry, which must be less than"
                  + " transaction.timeout.ms %d and max.poll.interval.ms %d; lower it")
              .formatted(batchMs / 2, transactionMs, pollMs));
    }
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
