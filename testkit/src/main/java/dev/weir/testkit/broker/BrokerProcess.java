package dev.weir.testkit.broker;

import dev.weir.testkit.broker.EmbeddedBroker.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker in a JVM of its own, for tests that kill it.
 *
 * <p>It is ready, after {@code start} and after {@code restart}, when an Admin call has succeeded.
 * The process ends on close, with this JVM, and also when this JVM is killed. Not for use by several
 * threads at once.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final String ADDRESS_FILE = "bootstrap-servers";
  private static final String OUTPUT_FILE = "broker.out";
  private static final int OUTPUT_TAIL_CHARS_MAX = 4_000;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /** Longer than an embedded broker's close may take. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(35);

  private final WorkDirectory directory;
  private final Thread endWithThisJvm = new Thread(this::endNow, "weir-broker-process-end");
  private Process process;
  private String bootstrapServers;
  private boolean isClosed;

  private BrokerProcess(WorkDirectory directory, int port) {
    this.directory = directory;
    this.process = launch(directory.path(), port);
    this.bootstrapServers = awaitReady(process, directory.path());
  }

  /** A running broker process in a temporary directory, on a free port. */
  public static BrokerProcess start() {
    return start(Options.temporary());
  }

  /**
   * A running broker process.
   *
   * @throws IllegalStateException if the given port is in use (then nothing was written) or the
   *     broker is not ready in time; the message ends with what the process said
   */
  public static BrokerProcess start(Options options) {
    if (options.port() != 0) {
      Ports.requireFree(options.port());
    }
    WorkDirectory directory = WorkDirectory.open(options.directory());
    boolean isStarted = false;
    try {
      BrokerProcess broker = new BrokerProcess(directory, options.port());
      Runtime.getRuntime().addShutdownHook(broker.endWithThisJvm);
      isStarted = true;
      return broker;
    } finally {
      if (!isStarted) {
        directory.deleteIfTemporary();
      }
    }
  }

  /** The address for clients, {@code host:port}; a restart keeps it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The directory in which the broker lives. */
  public Path directory() {
    return directory.path();
  }

  /** The file to which the process writes its log, over all its restarts. */
  public Path output() {
    return directory.path().resolve(OUTPUT_FILE);
  }

  /** The process itself; after a restart it is another one. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process as a crash would, with SIGKILL. What it wrote stays. */
  public void kill() {
    process.destroyForcibly();
    if (!ends(process, KILL_LIMIT)) {
      throw new IllegalStateException(
          "broker process %d survived SIGKILL for %d s; look at it with ps"
              .formatted(process.pid(), KILL_LIMIT.toSeconds()));
    }
  }

  /**
   * Starts the ended process again, on the same data and port.
   *
   * @throws IllegalStateException if it still runs or is closed, or its port was taken meanwhile
   */
  public void restart() {
    if (isClosed) {
      throw new IllegalStateException("the broker process is closed; start another");
    }
    if (process.isAlive()) {
      throw new IllegalStateException(
          "broker process %d is running; kill() it before restart()".formatted(process.pid()));
    }
    int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
    Ports.requireFree(port);
    process = launch(directory.path(), port);
    bootstrapServers = awaitReady(process, directory.path());
  }

  /**
   * Stops the process in order, or after 35 seconds by force, and deletes its directory if that is
   * temporary. A second call does nothing.
   */
  @Override
  public void close() {
    isClosed = true;
    try {
      Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    } catch (IllegalStateException e) {
      return; // the JVM is ending: the hook does the rest
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the pipe to process " + process.pid(), e);
    }
    if (!ends(process, CLOSE_LIMIT)) {
      kill();
    }
    directory.deleteIfTemporary();
  }

  private void endNow() {
    kill();
    directory.deleteIfTemporary();
  }

  /** Tells the parent, from inside the process, where the broker listens. */
  static void announce(Path directory, String bootstrapServers) throws IOException {
    Path draft = directory.resolve(ADDRESS_FILE + ".draft");
    Files.writeString(draft, bootstrapServers);
    Files.move(draft, directory.resolve(ADDRESS_FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Process launch(Path directory, int port) {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m", // enough for tests: 370 MB of memory after two million records
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", // the process is short-lived: start time over throughput
        "-cp",
        System.getProperty("java.class.path"),
        BrokerMain.class.getName(),
        directory.toString(),
        Integer.toString(port));
    try {
      Files.deleteIfExists(directory.resolve(ADDRESS_FILE));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(
              ProcessBuilder.Redirect.appendTo(directory.resolve(OUTPUT_FILE).toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot start a broker process with %s in %s".formatted(command.get(0), directory), e);
    }
  }

  private static String awaitReady(Process process, Path directory) {
    boolean isReady = false;
    long deadline = System.nanoTime() + EmbeddedBroker.START_LIMIT.toNanos();
    Path addressFile = directory.resolve(ADDRESS_FILE);
    try {
      while (System.nanoTime() < deadline && !ends(process, POLL)) {
        if (Files.exists(addressFile)) {
          String address = Files.readString(addressFile);
          if (answers(address)) {
            isReady = true;
            return address;
          }
        }
      }
      throw new IllegalStateException("broker process %d in %s %s; it said: %s"
          .formatted(
              process.pid(),
              directory,
              process.isAlive()
                  ? "is not ready after " + EmbeddedBroker.START_LIMIT.toSeconds() + " s"
                  : "ended with status " + process.exitValue(),
              tail(directory.resolve(OUTPUT_FILE))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + addressFile, e);
    } finally {
      if (!isReady) {
        process.destroyForcibly();
        ends(process, KILL_LIMIT);
      }
    }
  }

  private static boolean answers(String bootstrapServers) {
    Map<String, Object> settings = Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        // Short: the caller asks again until its own deadline.
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
    try (Admin admin = Admin.create(settings)) {
      // Empty while the broker is fenced: its port opens before it may serve.
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String tail(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - OUTPUT_TAIL_CHARS_MAX));
  }

  private static boolean ends(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the wait for a broker process was interrupted", cause);
  }
}
