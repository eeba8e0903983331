package dev.weir.testkit.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and its controller, running in this JVM and listening on 127.0.0.1.
 *
 * <p>It is ready when {@code start} returns. It does not close itself when the JVM ends: a program
 * closes its clients first and then the broker, in an order only the program knows.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /*
   * KafkaRaftServer is what the kafka-server-start script runs. Two of its habits suit a process of its
   * own and not a guest in ours:
   *  - It opens its ports by number and tells nobody which one it got. So we pick two free numbers and
   *    try again, a few times, when somebody else was faster.
   *  - A fault while the controller starts halts the JVM. For the time of a start we turn Kafka's halt
   *    into an exception. Kafka has one such switch per JVM, hence starts are one at a time.
   * After the start a fault that Kafka takes for fatal (all data directories failed) still halts the JVM.
   */
  private static final int START_ATTEMPTS_MAX = 5;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final KafkaRaftServer server;
  private final BrokerSettings settings;
  private final WorkDirectory directory;
  private final DirectoryLock lock;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Where a broker lives.
   *
   * @param directory keeps the data and stays after close; null takes a temporary directory, which
   *     goes with the broker
   * @param port the port for clients; 0 takes a free one
   */
  public record Options(@Nullable Path directory, int port) {
    public Options {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "port %d is outside [0, 65535]; 0 takes a free one", port));
      }
    }

    /** A temporary directory and a free port. */
    public static Options temporary() {
      return new Options(null, 0);
    }
  }

  private EmbeddedBroker(
      KafkaRaftServer server,
      BrokerSettings settings,
      WorkDirectory directory,
      DirectoryLock lock) {
    this.server = server;
    this.lock = lock;
    this.settings = settings;
    this.directory = directory;
  }

  /** A running broker in a temporary directory, on a free port. */
  public static EmbeddedBroker start() {
    return start(Options.temporary());
  }

  /**
   * A running broker.
   *
   * @throws IllegalStateException if the given port is in use (then nothing was written), another
   *     broker runs in the directory, or the broker cannot start
   */
  public static EmbeddedBroker start(Options options) {
    return start(options, BrokerSettings.PATIENT_SESSION, Ports::free);
  }

  /** A running broker in a temporary directory, with a second listener that asks who comes. */
  public static EmbeddedBroker start(Secured secured) {
    return start(
        Options.temporary(), Optional.of(secured), BrokerSettings.PATIENT_SESSION, Ports::free);
  }

  static EmbeddedBroker start(Options options, Duration session, IntSupplier freePorts) {
    return start(options, Optional.empty(), session, freePorts);
  }

  private static EmbeddedBroker start(
      Options options, Optional<Secured> secured, Duration session, IntSupplier freePorts) {
    if (options.port() != 0) {
      Ports.requireFree(options.port());
    }
    WorkDirectory directory = WorkDirectory.open(options.directory());
    DirectoryLock lock = DirectoryLock.acquire(directory.path());
    Path data = directory.path().resolve("data");
    boolean isStarted = false;
    try {
      Running running = startIn(data, options.port(), secured, session, freePorts);
      isStarted = true;
      return new EmbeddedBroker(running.server(), running.settings(), directory, lock);
    } finally {
      if (!isStarted) {
        lock.close();
        directory.deleteIfTemporary();
      }
    }
  }

  private record Running(KafkaRaftServer server, BrokerSettings settings) {}

  private static Running startIn(
      Path data,
      int givenPort,
      Optional<Secured> secured,
      Duration session,
      IntSupplier freePorts) {
    for (int attempt = 1; ; attempt++) {
      int port = givenPort != 0 ? givenPort : freePorts.getAsInt();
      int controllerPort = otherThan(port, freePorts);
      BrokerSettings settings = new BrokerSettings(
          data,
          port,
          controllerPort,
          secured.map(listener -> new BrokerSettings.SecuredPort(listener, freePorts.getAsInt())),
          session);
      try {
        return new Running(launch(settings), settings);
      } catch (RuntimeException failure) {
        if (givenPort != 0) {
          Ports.requireFree(givenPort);
        }
        boolean isRaceLost = !Ports.isFree(port) || !Ports.isFree(controllerPort);
        if (!isRaceLost || attempt == START_ATTEMPTS_MAX) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "no broker in %s on ports %d and %d after %d attempts: %s",
                  data,
                  port,
                  controllerPort,
                  attempt,
                  failure.getMessage()),
              failure);
        }
      }
    }
  }

  private static int otherThan(int port, IntSupplier freePorts) {
    int other = freePorts.getAsInt();
    return other != port ? other : otherThan(port, freePorts);
  }

  private static synchronized KafkaRaftServer launch(BrokerSettings settings) {
    settings.format();
    Exit.setHaltProcedure((status, message) -> {
      throw new IllegalStateException(
          "Kafka met a fatal fault while starting; the log above names it");
    });
    try {
      KafkaRaftServer server =
          new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
      boolean isStarted = false;
      try {
        server.startup();
        isStarted = true;
        return server;
      } finally {
        if (!isStarted) {
          server.shutdown();
        }
      }
    } finally {
      Exit.resetHaltProcedure();
    }
  }

  /** The address for clients, {@code host:port}. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** The address of the listener that asks who comes; of a broker that was started with one. */
  public String securedServers() {
    return settings.securedServers();
  }

  /** The directory in which the broker lives; its data is in {@code data}. */
  public Path directory() {
    return directory.path();
  }

  /**
   * Stops the broker, within 30 seconds, and deletes its directory if that is temporary. A second
   * call does nothing.
   *
   * @throws IllegalStateException if it does not stop; its directory then stays
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    FutureTask<@Nullable Void> stop = new FutureTask<>(
        () -> {
          server.shutdown();
          server.awaitShutdown();
        },
        null);
    // Kafka's own bound is five minutes, once for the broker and once for the controller.
    Thread stopper = new Thread(stop, "weir-broker-close");
    stopper.setDaemon(true);
    stopper.start();
    try {
      stop.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notStopped("the wait was interrupted", e);
    } catch (TimeoutException e) {
      throw notStopped("it runs after " + CLOSE_LIMIT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw notStopped(String.valueOf(e.getCause()), e);
    }
    lock.close();
    directory.deleteIfTemporary();
  }

  private IllegalStateException notStopped(String why, Exception cause) {
    return new IllegalStateException(
        "the broker at %s did not stop: %s; end this JVM and delete %s"
            .formatted(bootstrapServers(), why, directory.path()),
        cause);
  }
}
