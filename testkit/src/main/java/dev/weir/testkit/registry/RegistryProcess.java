package dev.weir.testkit.registry;

import dev.weir.testkit.broker.Ports;
import dev.weir.testkit.broker.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An Apicurio Registry with Confluent's API, in a JVM of its own on loopback, for tests that kill
 * it. The build unpacks it into {@code testkit/target/registry}.
 *
 * <p>What was registered outlives a kill. The process ends on close and with this JVM. Not for use
 * by several threads at once.
 */
public final class RegistryProcess implements AutoCloseable {
  private static final Path UNPACKED = Path.of("testkit", "target", "registry");
  private static final String PROGRAM = "apicurio-registry-app-*-runner.jar";
  private static final String API = "/apis/ccompat/v7";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);

  private final WorkDirectory directory = WorkDirectory.open(null);
  private final int port = Ports.free();
  private final Thread endWithThisJvm = new Thread(this::endNow, "weir-registry-process-end");
  private Process process;

  private RegistryProcess() {
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    awaitReady();
  }

  /**
   * A running registry with nothing in it.
   *
   * @throws IllegalStateException if the program is not unpacked, or not ready in time
   */
  public static RegistryProcess start() {
    return new RegistryProcess();
  }

  /** The address of its Confluent-compatible API; a restart keeps it. */
  public String url() {
    return "http://" + Ports.HOST + ":" + port + API;
  }

  /** Ends the process as a crash would, with SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    ends(END_LIMIT);
  }

  /** Starts the ended process again, with what it had, at the same address. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("the registry is running; kill() it before restart()");
    }
    Ports.requireFree(port);
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    } catch (IllegalStateException e) {
      return; // the JVM is ending: the hook does the rest
    }
    endNow();
  }

  private void endNow() {
    kill();
    directory.deleteIfTemporary();
  }

  private Process launch() {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", // the process is short-lived: start time over throughput
        "-Dquarkus.http.host=" + Ports.HOST,
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + directory.path().resolve("registry")
            + ";WRITE_DELAY=0",
        "-jar",
        program().toString());
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(
              ProcessBuilder.Redirect.appendTo(directory.path().resolve("out").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a registry in " + directory.path(), e);
    }
  }

  /* Tests run in the directory of their module. */
  private static Path program() {
    Path here = Path.of("").toAbsolutePath();
    for (Path root = here; root != null; root = root.getParent()) {
      Path unpacked = root.resolve(UNPACKED);
      if (Files.isDirectory(unpacked)) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(unpacked, PROGRAM)) {
          return found.iterator().next();
        } catch (IOException e) {
          throw new UncheckedIOException("cannot look into " + unpacked, e);
        }
      }
    }
    throw new IllegalStateException("no registry above " + here + " in " + UNPACKED
        + "; the build unpacks it: mvn process-test-resources -pl testkit -am");
  }

  private void awaitReady() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
        .timeout(Duration.ofSeconds(5))
        .build();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline && !ends(POLL)) {
      try {
        if (http.send(request, BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    String state = process.isAlive()
        ? "is not ready after " + START_LIMIT.toMinutes() + " minutes"
        : "ended with status " + process.exitValue();
    process.destroyForcibly();
    throw new IllegalStateException(
        "the registry in " + directory.path() + " " + state + "; see the file 'out' there");
  }

  private boolean ends(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the wait for a registry was interrupted", cause);
  }
}
