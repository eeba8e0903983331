package dev.weir.app;

import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir demo}: the whole gate on this machine. */
@Command(
    name = "demo",
    description = "Show the whole gate on this machine, on a real broker, and prove nothing lost.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Passengers CSV; without it, a synthetic world.")
  private @Nullable Path data;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Valid records to send (default ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "N",
      description = "Of every random choice.")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "250",
      description = "Records a second, about (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The broker's port on loopback (default: a free one).")
  private int port;

  @Option(names = "--no-console", description = "Plain lines instead of the live view.")
  private boolean noConsole;

  @Override
  public Integer call() throws InterruptedException {
    // The panel and the lines say what happens; only what is wrong may come between them.
    BrokerCommand.hush();
    System.setProperty("org.slf4j.simpleLogger.log.dev.weir", "warn");
    // The demo sends what is buried and alarms, and counts it itself.
    System.setProperty("org.slf4j.simpleLogger.log.dev.weir.topology.decide", "error");
    DemoOptions options = new DemoOptions(
        Optional.ofNullable(data),
        records,
        seed,
        rate,
        port,
        !noConsole && Terminal.isInteractive(),
        Path.of(System.getProperty("weir.home", "."), "work"),
        System.out);
    return new Demo(options).run() ? Weir.DONE : Weir.NO;
  }
}
