package dev.weir.topology.app;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryDeserializer;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.topology.setting.Mistakes;
import dev.weir.topology.setting.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which schema registry records may need, if any.
 *
 * @param deserializer class name of the Kafka deserializer of Avro records
 * @param properties for it; empty where there is no registry
 */
public record RegistryConfig(String deserializer, Map<String, String> properties) {
  private static final String PREFIX = "registry.";

  /** Records need none. */
  public static final RegistryConfig NONE =
      new RegistryConfig(RegistryDeserializer.class.getName(), Map.of());

  private static final String URL = "url";
  private static final String DESERIALIZER = "deserializer";

  /* Weir's names, and those that Confluent's serdes and ours share. */
  private static final Map<String, String> TEXTS = new TreeMap<>(Map.of(
      URL,
      RegistrySettings.URL,
      "userInfo",
      RegistrySettings.USER_INFO,
      "token",
      RegistrySettings.TOKEN));

  /* Serdes count the attempts after the first. */
  private static final Map<String, Count> NUMBERS = new TreeMap<>(Map.of(
      "timeoutMsMax",
      new Count(RegistrySettings.TIMEOUT_MS, 1, 600_000, 0),
      "attemptsMax",
      new Count(RegistrySettings.RETRIES, 1, 101, 1),
      "schemasMax",
      new Count(RegistrySettings.SCHEMAS, 1, 1_000_000, 0)));

  /** A whole number within [min, max]; the property has it less the offset. */
  private record Count(String property, int min, int max, int offset) {}

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
        properties.put(number.property(), Integer.toString(value - number.offset()));
      }
    });
    // Confluent's serdes want to be told that the credentials are among their properties.
    if (properties.containsKey(RegistrySettings.USER_INFO)) {
      properties.put("basic.auth.credentials.source", "USER_INFO");
    }
    if (properties.containsKey(RegistrySettings.TOKEN)) {
      properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    }
    properties.putAll(from.below(PREFIX + "property."));
    Optional<String> deserializer = from.find(PREFIX + DESERIALIZER);
    RegistryConfig config = new RegistryConfig(deserializer.orElse(NONE.deserializer), properties);
    mistakes
        .unless(
            properties.isEmpty() && deserializer.isEmpty()
                || properties.containsKey(RegistrySettings.URL),
            PREFIX + URL,
            "setting 'registry.url' is missing beside other settings of a registry; give"
                + " http://host:port")
        .refuse();
    if (!properties.isEmpty()) {
      RegistrySettings.of(config.properties());
      config.payloads().close();
    }
    return config;
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
