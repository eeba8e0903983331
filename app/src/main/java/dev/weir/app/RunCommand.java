package dev.weir.app;

import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.log.LogLine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir run}: one instance of the gate against any Kafka. */
@Command(name = "run", description = "Run one instance of the gate until it is told to stop.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "weir.yaml; see docs/running.md.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    GateConfig gate = ConfigFile.read(config, file -> GateConfig.of(file, System.getenv()));
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    GateApp app = new GateApp(gate, meters);
    AtomicBoolean stopping = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(
            () -> {
              stopping.set(true);
              app.close();
            },
            "weir-close"));
    GateServer server = GateServer.start(gate.http(), views(app, meters));
    try {
      app.start();
      if (wasSetBack(app, gate.instance())) {
        return Weir.FAULT;
      }
    } catch (IllegalStateException e) {
      // Told to stop while it waited for Kafka or its first release: nothing was begun.
      if (stopping.get()) {
        return Weir.DONE;
      }
      throw e;
    } finally {
      server.close();
    }
    return app.failure().isPresent() ? Weir.FAULT : Weir.DONE;
  }

  /* Until it has ended by itself or by the hook, or cannot go on by this clock. */
  private static boolean wasSetBack(GateApp app, String instance) throws InterruptedException {
    ClockSteps clock = ClockSteps.ofSystem();
    while (!app.awaitEnd(LOOK_AGAIN)) {
      Duration back = clock.back();
      if (back.compareTo(ClockSteps.BACK_MAX) > 0) {
        LOG.error(
            "{}",
            LogLine.event("clock_set_back")
                .with("instance", instance)
                .with("seconds", back.toSeconds())
                .with(
                    "advice",
                    "Kafka's clients would stand still as long, so this instance ends: start it again"));
        app.close();
        return true;
      }
    }
    return false;
  }

  private static GateServer.Views views(GateApp app, PrometheusMeterRegistry meters) {
    return new GateServer.Views(() -> health(app), () -> ready(app), meters::scrape);
  }

  private static GateServer.Answer health(GateApp app) {
    KafkaStreams.State state = app.state();
    boolean isDead = state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING;
    return new GateServer.Answer(!isDead, "state=" + state);
  }

  private static GateServer.Answer ready(GateApp app) {
    String release = app.book()
        .newest()
        .map(newest -> "release=" + newest.version() + " epoch=" + newest.epoch())
        .orElse("release=none");
    String wait = app.waitsFor()
        .map(what -> " waits_for=" + what.name().toLowerCase(Locale.ROOT))
        .orElse("");
    return new GateServer.Answer(app.isReady(), "state=" + app.state() + " " + release + wait);
  }
}
