package dev.weir.faults;

import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One {@code weir run} in a JVM of its own. It can be started again after its end. */
final class Instance implements AutoCloseable {
  /** Of a JVM that SIGTERM has ended, whatever its program returned. */
  static final int STATUS_OF_SIGTERM = 143;

  private static final List<String> SMALL =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final Duration END_LIMIT = Duration.ofSeconds(90);

  private final String name;
  private final Path directory;
  private final Map<String, String> settings;
  private final Map<String, String> environment;
  private JavaProcess process;
  private int lives;

  private Instance(
      String name, Path directory, Map<String, String> settings, Map<String, String> environment) {
    this.name = name;
    this.directory = directory;
    this.settings = new TreeMap<>(settings);
    this.environment = Map.copyOf(environment);
    this.process = launch();
  }

  /** A started instance; {@link #hasSaid} tells how far it is. */
  static Instance start(
      String name, Path directory, Map<String, String> settings, Map<String, String> environment) {
    return new Instance(name, directory, settings, environment);
  }

  private Path configuration() {
    return directory.resolve(name + ".yaml");
  }

  private JavaProcess launch() {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          configuration(),
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"\n")
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lives++;
    return JavaProcess.start(Program.tethered(
            "dev.weir.app.Weir",
            List.of("run", "--config", configuration().toString()),
            SMALL,
            directory.resolve(name + "-" + lives + ".out"))
        .in(environment));
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has said something in its present life. */
  boolean hasSaid(String text) {
    try {
      return Files.readString(process.output()).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    process.kill();
  }

  /** It stands still, as in a long pause of its machine. */
  void pause() {
    process.pause();
  }

  void wake() {
    process.resume();
  }

  /** SIGTERM, and the exit status. */
  int stop() {
    OptionalInt status = process.terminate(END_LIMIT);
    return status.orElseThrow(() -> new AssertionError(
        name + " runs " + END_LIMIT.toSeconds() + " s after SIGTERM; " + said()));
  }

  /** Its exit status, when it has ended by itself. */
  int awaitEnd() {
    return process
        .awaitEnd(Await.PATIENCE)
        .orElseThrow(() -> new AssertionError(name + " did not end; " + said()));
  }

  /** Starts it again, with the same settings and state directory. */
  void startAgain() {
    process.close();
    process = launch();
  }

  /** Changes a setting for its next life. */
  void set(String setting, String value) {
    settings.put(setting, value);
  }

  String said() {
    return name + " said: " + process.tail();
  }

  @Override
  public void close() {
    process.close();
  }
}
