package dev.weir.app;

import dev.weir.gating.policy.SampleKeys;
import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import dev.weir.operations.cluster.Cluster;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    GateConfig gate = GateConfig.of(settings(config));
    Reachable.require(Cluster.at(gate.bootstrapServers()), gate.bootstrapServers());
    GateApp app = new GateApp(gate, SampleKeys.DEMO);
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

  private static Map<String, String> settings(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no configuration " + file + "; see docs/running.md");
    }
    try {
      return Document.read(
          String.valueOf(file.getFileName()), Files.readString(file), RunCommand::flat);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> flat(Section section) {
    Map<String, String> settings = new HashMap<>();
    for (String key : section.keys()) {
      section.scalar(key).ifPresent(value -> settings.put(key, text(value)));
    }
    return settings;
  }

  private static String text(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? String.valueOf(number.longValue())
        : value.toString();
  }
}
