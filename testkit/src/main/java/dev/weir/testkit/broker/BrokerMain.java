package dev.weir.testkit.broker;

import dev.weir.testkit.broker.EmbeddedBroker.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The program inside a {@link BrokerProcess}. */
final class BrokerMain {
  private BrokerMain() {}

  /**
   * Runs a broker until standard input ends, which it also does when the parent dies without a word,
   * or until SIGTERM.
   *
   * @param arguments the directory, the port (0 takes a free one) and the session, milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Options options = new Options(directory, Integer.parseInt(arguments[1]));
    try {
      EmbeddedBroker broker = EmbeddedBroker.start(
          options, Duration.ofMillis(Long.parseLong(arguments[2])), Ports::free);
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "weir-broker-stop"));
      BrokerProcess.announce(directory, broker.bootstrapServers());
    } catch (IllegalStateException e) {
      e.printStackTrace();
      System.exit(1); // threads of a half-started broker must not keep the process
    }
    while (System.in.read() != -1) {
      // the parent never writes; the end of the stream is the message
    }
    System.exit(0);
  }
}
