package dev.weir.testkit.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The TCP ports of 127.0.0.1, as far as a server of a test needs to know them. */
public final class Ports {
  /*
   * Below the range from which Linux (32768..60999) and macOS (49152..65535) hand out ports by
   * themselves. There, a client that keeps reconnecting to a killed broker can be given the broker's
   * own port as its source port, connect to itself, and so take the port that the restart needs.
   */
  private static final int LOWEST = 20_000;
  private static final int END = 32_000;
  private static final int CANDIDATES_MAX = 200;

  /** The only address that test servers listen on. */
  public static final String HOST = "127.0.0.1";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private Ports() {}

  /** A random port that is free now. Nothing reserves it: whoever binds it may lose the race. */
  public static int free() {
    for (int i = 0; i < CANDIDATES_MAX; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(String.format(
        Locale.ROOT,
        "no free port on %s after %d candidates in %d..%d; stop some local servers or pass a port",
        HOST,
        CANDIDATES_MAX,
        LOWEST,
        END - 1));
  }

  /** Whether a server could listen on the port now. */
  static boolean isFree(int port) {
    return obstacle(port) == null;
  }

  /** Refuses a port on which no server can listen now. */
  public static void requireFree(int port) {
    IOException obstacle = obstacle(port);
    if (obstacle != null) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "port %d on %s cannot be opened (%s); stop the process that listens there, or pass another port (0 takes a free one)",
              port,
              HOST,
              obstacle.getMessage()),
          obstacle);
    }
  }

  private static @Nullable IOException obstacle(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 1);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
