package dev.weir.app;

import dev.weir.topology.app.GateConfig;
import dev.weir.topology.shadow.ShadowApp;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir shadow}: a shadow release with another bundle than the active one's. */
@Command(
    name = "shadow",
    description = "Decide the decision log again by a shadow release whose bundle is not the active"
        + " one, and publish the differences, until told to stop. One instance a scope.")
final class ShadowCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The gate's own weir.yaml.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    GateConfig gate = ConfigFile.read(config, file -> GateConfig.of(file, System.getenv()));
    ShadowApp app = new ShadowApp(gate);
    Runtime.getRuntime().addShutdownHook(new Thread(app::close, "weir-close"));
    app.run();
    return Weir.DONE;
  }
}
