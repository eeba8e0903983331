package dev.weir.app;

import dev.weir.testkit.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir broker}: a Kafka to try the other commands on. */
@Command(
    name = "broker",
    description =
        "Run a Kafka broker on this machine until it is stopped, for trying only: it listens"
            + " on loopback and asks nobody who comes.")
final class BrokerCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "The broker's port on loopback; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where its topics stay for the next time. Without it they go with the broker.")
  private @Nullable Path directory;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(new EmbeddedBroker.Options(directory, port))) {
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "weir-broker-stop"));
      PrintWriter out = spec.commandLine().getOut();
      out.println("Kafka listens at " + broker.bootstrapServers()
          + "; make topics with weir topics --replication 1, stop it with Ctrl-C");
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Weir.DONE;
  }
}
