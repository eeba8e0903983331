package dev.weir.topology.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings by name, of which each is taken once and the environment overrides every one; what is left
 * in the end nobody knows.
 */
final class Settings {
  private static final String ENVIRONMENT_PREFIX = "WEIR_";
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private final Map<String, String> left;
  private final Map<String, String> environment;
  private final Set<String> known = new TreeSet<>();

  Settings(Map<String, String> settings, Map<String, String> environment) {
    this.left = new TreeMap<>(settings);
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().removeIf(name -> !name.startsWith(ENVIRONMENT_PREFIX));
  }

  private static String variable(String name) {
    return ENVIRONMENT_PREFIX
        + HUMP.matcher(name).replaceAll("_").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /* The environment wins, and the file's value counts as taken. */
  private boolean override(String name) {
    String value = environment.remove(variable(name));
    if (value != null) {
      left.put(name, value);
    }
    return left.containsKey(name);
  }

  String text(String name) {
    known.add(name);
    override(name);
    String value = left.remove(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "setting '" + name + "' is missing; set it, or " + variable(name));
    }
    return value;
  }

  String text(String name, String otherwise) {
    return override(name) ? text(name) : otherwise(name, otherwise);
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

  /** Properties of Kafka; those in the environment have neither capitals nor underlines. */
  Map<String, String> kafka() {
    String variables = variable(GateConfig.KAFKA_PREFIX);
    environment.forEach((variable, value) -> {
      if (variable.startsWith(variables)) {
        String rest = variable.substring(variables.length());
        left.put(GateConfig.KAFKA_PREFIX + rest.replace('_', '.').toLowerCase(Locale.ROOT), value);
      }
    });
    environment.keySet().removeIf(variable -> variable.startsWith(variables));
    return below(GateConfig.KAFKA_PREFIX);
  }

  Map<String, String> registry() {
    RegistryConfig.names().forEach(name -> override(RegistryConfig.PREFIX + name));
    return below(RegistryConfig.PREFIX);
  }

  /** All whose names begin with a prefix, without it. */
  Map<String, String> below(String prefix) {
    Map<String, String> below = new HashMap<>();
    left.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        below.put(name.substring(prefix.length()), value);
      }
    });
    left.keySet().removeIf(name -> name.startsWith(prefix));
    return below;
  }

  void requireNothingLeft() {
    if (!environment.isEmpty()) {
      throw new IllegalArgumentException("environment variables " + environment.keySet()
          + " override no setting; unset them, or see docs/running.md for their names");
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("unknown settings " + left.keySet() + "; known: " + known
          + ", " + GateConfig.SAMPLE_PREFIX + "…, " + RegistryConfig.PREFIX + "… and "
          + GateConfig.KAFKA_PREFIX + "…");
    }
  }
}
