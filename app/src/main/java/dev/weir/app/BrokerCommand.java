package dev.weir.app;

import dev.weir.testkit.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
  private static final List<String> LOGGERS =
      List.of("kafka", "org.apache.kafka.storage", "org.apache.kafka.coordinator");

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

  /** Keeps the log of a broker in this process to its errors, and from those that its clients repeat anyway. */
  static void hush() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    for (String logger : LOGGERS) {
      System.setProperty("org.slf4j.simpleLogger.log." + logger, "off");
    }
  }

  @Override
  public Integer call() {
    hush();
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
