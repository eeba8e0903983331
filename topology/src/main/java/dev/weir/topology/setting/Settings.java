package dev.weir.topology.setting;

import dev.weir.model.document.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings by name, of which each is taken once. The environment overrides all of them: {@code
 * WEIR_BATCH_RECORDS_MAX} is batch.recordsMax.
 *
 * <p>Reading never stops at the first mistake: a setting that is missing or wrong is noted and read as
 * a harmless value, and {@link #of} or {@link #ofAll} throws once, with all of them.
 */
public final class Settings {
  private static final String ENVIRONMENT_PREFIX = "WEIR_";
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private final Map<String, String> left;
  private final Map<String, String> environment;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> overridden = new HashSet<>();
  private final Set<String> missing = new HashSet<>();
  private final Mistakes mistakes = new Mistakes();

  /**
   * Settings to read.
   *
   * @param environment of the process; variables that do not begin with WEIR_ are passed over
   */
  public Settings(Map<String, String> settings, Map<String, String> environment) {
    this.left = new TreeMap<>(settings);
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().removeIf(name -> !name.startsWith(ENVIRONMENT_PREFIX));
  }

  /**
   * What a reader makes of some of the settings; others are passed over.
   *
   * @throws InvalidSettings with every mistake noted
   */
  public <T> T of(Supplier<T> reader) {
    Optional<T> value = tried("", reader);
    mistakes.refuse(this::told);
    return value.orElseThrow();
  }

  /**
   * What a reader makes of all settings; one that it does not take is a mistake.
   *
   * @throws InvalidSettings with every mistake noted
   */
  public <T> T ofAll(Supplier<T> reader) {
    Optional<T> value = tried("", reader);
    noteUnknown();
    mistakes.refuse(this::told);
    return value.orElseThrow();
  }

  /**
   * What a reader makes of some of the settings, or the default where it refuses them.
   *
   * @param name of the setting that is to blame where the reader does not say
   */
  public <T> T part(String name, T otherwise, Supplier<T> reader) {
    return tried(name, reader).orElse(otherwise);
  }

  private <T> Optional<T> tried(String name, Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (InvalidSettings e) {
      mistakes.addAll(e);
    } catch (IllegalArgumentException e) {
      mistakes.add(name, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** A required text; empty where there is none. */
  public String text(String name) {
    Optional<String> value = find(name);
    String variable = variable(name);
    if (value.isEmpty()) {
      missing.add(name);
    }
    mistakes.unless(
        value.isPresent(), name, "setting '" + name + "' is missing; set it, or " + variable);
    mistakes.unless(!value.orElse("").isBlank(), name, name + " is empty; set it, or " + variable);
    return value.orElse("");
  }

  /** A text, or the default where it is not set. */
  public String text(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  /** Whether it is set. */
  public boolean has(String name) {
    known.add(name);
    override(name);
    return left.containsKey(name);
  }

  /** A text, if it is set. */
  public Optional<String> find(String name) {
    return has(name) ? Optional.ofNullable(left.remove(name)) : Optional.empty();
  }

  /** A whole number, or the default where it is not set. */
  public long whole(String name, long otherwise) {
    String text = text(name, Long.toString(otherwise));
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      mistakes.add(name, name + " must be a whole number, found '" + text + "'");
      return otherwise;
    }
  }

  /** A whole number that fits an int, or the default where it is not set. */
  public int integer(String name, int otherwise) {
    long value = whole(name, otherwise);
    if (value == (int) value) {
      return (int) value;
    }
    mistakes.add(name, name + " " + value + " is too large");
    return otherwise;
  }

  /** What is read from each file of a list that commas separate; none where it is not set. */
  public <T> List<T> files(String name, Function<Path, T> reader) {
    List<T> read = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    Stream.of(text(name, "").split(","))
        .map(String::strip)
        .filter(file -> !file.isEmpty())
        .forEach(file -> {
          try {
            read.add(reader.apply(Path.of(file)));
          } catch (IllegalArgumentException e) {
            refused.add(String.valueOf(e.getMessage()));
          }
        });
    mistakes.unless(refused.isEmpty(), name, name + ": " + String.join("; ", refused));
    return List.copyOf(read);
  }

  /** What is read from one file, if it is set. */
  public <T> Optional<T> file(String name, Function<Path, T> reader) {
    return find(name)
        .filter(file -> !file.isBlank())
        .flatMap(file -> tried(name, () -> reader.apply(Path.of(file.strip()))));
  }

  /** What is read from the file of each setting below a prefix, by its name without it. */
  public <T> Map<String, T> filesBelow(String prefix, Function<Path, T> reader) {
    Map<String, T> read = new TreeMap<>();
    below(prefix)
        .forEach((name, file) -> tried(prefix + name, () -> reader.apply(Path.of(file)))
            .ifPresent(value -> read.put(name, value)));
    return read;
  }

  /**
   * All settings whose names begin with a prefix, without it. Those that only the environment names
   * have neither capitals nor underlines: {@code WEIR_KAFKA_SECURITY_PROTOCOL} is
   * kafka.security.protocol.
   */
  public Map<String, String> below(String prefix) {
    known.add(prefix + "…");
    List.copyOf(left.keySet()).stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(this::override);
    String variables = variable(prefix);
    List.copyOf(environment.keySet()).stream()
        .filter(variable -> variable.startsWith(variables))
        .map(variable -> variable.substring(variables.length()))
        .map(rest -> prefix + rest.replace('_', '.').toLowerCase(Locale.ROOT))
        .forEach(this::override);
    Map<String, String> below = new HashMap<>();
    left.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        below.put(name.substring(prefix.length()), value);
      }
    });
    left.keySet().removeIf(name -> name.startsWith(prefix));
    return below;
  }

  private static String variable(String name) {
    return ENVIRONMENT_PREFIX
        + HUMP.matcher(name).replaceAll("_").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private void override(String name) {
    String value = environment.remove(variable(name));
    if (value != null) {
      left.put(name, value);
      overridden.add(name);
    }
  }

  private void noteUnknown() {
    left.keySet().forEach(name -> {
      Optional<String> likeliest = likeliest(name);
      mistakes.add(name, "unknown setting '" + name + "'" + meant(likeliest));
      // Mistyped, not left out.
      likeliest.filter(missing::contains).ifPresent(mistakes::remove);
    });
    Map<String, String> variables = new TreeMap<>();
    known.forEach(name -> variables.put(variable(name), name));
    environment
        .keySet()
        .forEach(variable -> mistakes.add(
            variable,
            "environment variable " + variable + " overrides no setting"
                + meant(Nearest.to(variable, variables.keySet()))));
  }

  /* Somebody who leaves out what groups settings means the one in its group. */
  private Optional<String> likeliest(String name) {
    return known.stream()
        .filter(other -> other.endsWith("." + name))
        .findFirst()
        .or(() -> Nearest.to(name, known));
  }

  private static String meant(Optional<String> nearest) {
    return nearest
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("; docs/running.md lists what there is");
  }

  /* Where the environment gave the value, the file's line is not to blame. */
  private Mistake told(Mistake mistake) {
    String variable = variable(mistake.setting());
    return overridden.contains(mistake.setting())
        ? new Mistake(variable, mistake.message() + "; given by the environment, " + variable)
        : mistake;
  }
}
