package dev.weir.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.log.LogLine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows over HTTP whether an instance lives ({@code /health}), whether it is ready ({@code /ready})
 * and what it counts ({@code /metrics}). Only the last may need a token.
 */
final class GateServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateServer.class);
  private static final String BEARER = "Bearer ";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
    Thread thread = new Thread(work, "weir-http");
    thread.setDaemon(true);
    return thread;
  });

  /** An answer: whether it is yes, and a line for people. */
  record Answer(boolean isYes, String line) {}

  /** What is shown, asked at each request. */
  record Views(Supplier<Answer> health, Supplier<Answer> ready, Supplier<String> metrics) {}

  private GateServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
  }

  /**
   * A server that listens.
   *
   * @throws IllegalArgumentException if it cannot listen there, or the token cannot be read
   */
  static GateServer start(GateConfig.Http config, Views views) {
    Optional<byte[]> token = config.viewerToken().map(GateServer::token);
    GateServer server = new GateServer(bound(config));
    server.show(
        "/health", Optional.empty(), exchange -> answer(exchange, views.health().get()));
    server.show(
        "/ready", Optional.empty(), exchange -> answer(exchange, views.ready().get()));
    server.show(
        "/metrics",
        token,
        exchange -> send(
            exchange,
            200,
            "text/plain; version=0.0.4; charset=utf-8",
            views.metrics().get()));
    server.server.start();
    LOG.info("{}", LogLine.event("listening").with("address", config.host() + ":" + server.port()));
    return server;
  }

  private static byte[] token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new IllegalArgumentException(
            "http.viewerToken " + file + " is empty; put a token in");
      }
      return token.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read http.viewerToken " + file + ": " + e, e);
    }
  }

  private static HttpServer bound(GateConfig.Http config) {
    int port = config.port().orElse(GateConfig.Http.PORT);
    try {
      return HttpServer.create(new InetSocketAddress(config.host(), port), 0);
    } catch (BindException e) {
      if (config.port().isPresent()) {
        throw cannotListen(config.host(), port, e);
      }
    } catch (IOException e) {
      throw cannotListen(config.host(), port, e);
    }
    try {
      // A second instance on one machine, whose ports nobody has chosen.
      return HttpServer.create(new InetSocketAddress(config.host(), 0), 0);
    } catch (IOException e) {
      throw cannotListen(config.host(), 0, e);
    }
  }

  private static IllegalArgumentException cannotListen(String host, int port, IOException e) {
    return new IllegalArgumentException(
        "cannot listen on " + host + ":" + port + ": " + e.getMessage() + "; choose another"
            + " http.host or http.port",
        e);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers one request. */
  private interface View {
    void show(HttpExchange exchange) throws IOException;
  }

  private void show(String path, Optional<byte[]> token, View view) {
    server.createContext(path, exchange -> {
      try (exchange) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
          send(exchange, 404, "text/plain", "there is /health, /ready and /metrics\n");
        } else if (!exchange.getRequestMethod().equals("GET")) {
          send(exchange, 405, "text/plain", "only GET\n");
        } else if (!isAllowed(token, exchange.getRequestHeaders().getFirst("Authorization"))) {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
          send(exchange, 401, "text/plain", "needs a viewer's token; see http.viewerToken\n");
        } else {
          view.show(exchange);
        }
      }
    });
  }

  private static boolean isAllowed(Optional<byte[]> token, @Nullable String authorization) {
    if (token.isEmpty()) {
      return true;
    }
    return authorization != null
        && authorization.startsWith(BEARER)
        && MessageDigest.isEqual(
            token.get(),
            authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    send(exchange, answer.isYes() ? 200 : 503, "text/plain", answer.line() + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
