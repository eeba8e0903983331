package dev.weir.app;

import dev.weir.operations.cluster.Cluster;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir run}: one instance of the gate against any Kafka. */
@Command(name = "run", description = "Run one instance of the gate until it is told to stop.")
final class RunCommand implements Callable<Integer> {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Option(names = "--config", required = true, description = "weir.yaml; see docs/running.md.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    GateConfig gate = GateConfig.of(ConfigFile.settings(config));
    Reachable.require(Cluster.at(gate.bootstrapServers()), gate.bootstrapServers());
    GateApp app = new GateApp(gate);
    AtomicBoolean stopping = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(
            () -> {
              stopping.set(true);
              app.close();
            },
            "weir-close"));
    try {
      app.start();
    } catch (IllegalStateException e) {
      // Told to stop while it waited for its first release: nothing was begun.
      if (stopping.get()) {
        return Weir.DONE;
      }
      throw e;
    }
    while (!app.awaitEnd(LOOK_AGAIN)) {
      // The hook ends it.
    }
    return app.failure().isPresent() ? Weir.FAULT : Weir.DONE;
  }
}
