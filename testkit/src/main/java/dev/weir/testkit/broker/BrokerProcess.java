package dev.weir.testkit.broker;

import dev.weir.testkit.broker.EmbeddedBroker.Options;
import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
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
  private static final Duration POLL = Duration.ofMillis(20);
  /** Longer than an embedded broker's close may take. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(35);

  private final WorkDirectory directory;
  private final Tuning tuning;
  private final Thread endWithThisJvm = new Thread(this::endNow, "weir-broker-process-end");
  private JavaProcess process;
  private String bootstrapServers;
  private boolean isClosed;

  /**
   * What a broker is good at.
   *
   * @param session after how long without heartbeats the controller takes the broker for dead: a
   *     restart waits for it, and on a machine that is busier than that a healthy broker is fenced
   */
  public record Tuning(List<String> jvmOptions, Duration session) {
    /** Enough for tests: 370 MB of memory after two million records; start time over throughput. */
    private static final List<String> SMALL =
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** For a broker that is killed. */
    public static final Tuning QUICK_RESTART = new Tuning(SMALL, BrokerSettings.SHORT_SESSION);

    /** For a broker that stays, on a machine that stalls. */
    public static final Tuning PATIENT = new Tuning(SMALL, BrokerSettings.PATIENT_SESSION);

    public Tuning {
      jvmOptions = List.copyOf(jvmOptions);
    }

    /** The same in another JVM, as a benchmark's. */
    public Tuning in(String... options) {
      return new Tuning(List.of(options), session);
    }
  }

  private BrokerProcess(WorkDirectory directory, int port, Tuning tuning) {
    this.directory = directory;
    this.tuning = tuning;
    this.process = launch(port);
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
    return start(options, Tuning.QUICK_RESTART);
  }

  /** A running broker process, tuned; see {@link #start(Options)}. */
  public static BrokerProcess start(Options options, Tuning tuning) {
    if (options.port() != 0) {
      Ports.requireFree(options.port());
    }
    WorkDirectory directory = WorkDirectory.open(options.directory());
    boolean isStarted = false;
    try {
      BrokerProcess broker = new BrokerProcess(directory, options.port(), tuning);
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
    return process.handle();
  }

  /** Ends the process as a crash would, with SIGKILL. What it wrote stays. */
  public void kill() {
    process.kill();
  }

  /** Stops the broker in order, with SIGTERM, or after 35 seconds by force; it can be restarted. */
  public void stop() {
    if (process.terminate(CLOSE_LIMIT).isEmpty()) {
      process.kill();
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
      throw new IllegalStateException(String.format(
          Locale.ROOT,
          "broker process %d is running; kill() it before restart()",
          process.handle().pid()));
    }
    int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
    Ports.requireFree(port);
    process.close();
    process = launch(port);
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
    stop();
    process.close();
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

  private JavaProcess launch(int port) {
    try {
      Files.deleteIfExists(directory.path().resolve(ADDRESS_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write in " + directory.path(), e);
    }
    return JavaProcess.start(new Program(
        BrokerMain.class.getName(),
        List.of(
            directory.path().toString(),
            Integer.toString(port),
            Long.toString(tuning.session().toMillis())),
        tuning.jvmOptions(),
        Map.of(),
        directory.path().resolve(OUTPUT_FILE)));
  }

  private static String awaitReady(JavaProcess process, Path directory) {
    boolean isReady = false;
    long deadline = System.nanoTime() + EmbeddedBroker.START_LIMIT.toNanos();
    Path addressFile = directory.resolve(ADDRESS_FILE);
    try {
      while (System.nanoTime() < deadline && process.awaitEnd(POLL).isEmpty()) {
        if (Files.exists(addressFile)) {
          String address = Files.readString(addressFile);
          if (answers(address)) {
            isReady = true;
            return address;
          }
        }
      }
      throw new IllegalStateException(String.format(
          Locale.ROOT,
          "broker process %d in %s %s; it said: %s",
          process.handle().pid(),
          directory,
          process.awaitEnd(Duration.ZERO).isEmpty()
              ? "is not ready after " + EmbeddedBroker.START_LIMIT.toSeconds() + " s"
              : "ended with status " + process.awaitEnd(Duration.ZERO).getAsInt(),
          process.tail()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + addressFile, e);
    } finally {
      if (!isReady) {
        process.close();
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

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the wait for a broker process was interrupted", cause);
  }
}
