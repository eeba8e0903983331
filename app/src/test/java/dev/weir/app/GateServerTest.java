package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.topology.app.GateConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateServerTest {
  private static final GateServer.Views VIEWS = new GateServer.Views(
      () -> new GateServer.Answer(true, "state=RUNNING"),
      () -> new GateServer.Answer(false, "state=REBALANCING release=none"),
      () -> "weir_gate_holds_total 3\n");

  @TempDir
  Path directory;

  private static HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private GateConfig.Http withToken() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
    return new GateConfig.Http("127.0.0.1", OptionalInt.empty(), Optional.of(token));
  }

  @Test
  void health_yes_is200AndNoIs503() throws Exception {
    try (GateServer server = GateServer.start(GateConfig.Http.DEFAULTS, VIEWS)) {
      assertThat(get(server.port(), "/health"))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200))
          .satisfies(answer -> assertThat(answer.body()).isEqualTo("state=RUNNING\n"));
      assertThat(get(server.port(), "/ready"))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
          .satisfies(answer -> assertThat(answer.body()).contains("release=none"));
      assertThat(get(server.port(), "/metrics").body()).isEqualTo("weir_gate_holds_total 3\n");
      assertThat(get(server.port(), "/health/more").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void metrics_token_isAskedForAndHealthIsNot() throws Exception {
    try (GateServer server = GateServer.start(withToken(), VIEWS)) {
      assertThat(get(server.port(), "/metrics").statusCode()).isEqualTo(401);
      assertThat(get(server.port(), "/metrics", "Authorization", "Bearer wrong").statusCode())
          .isEqualTo(401);
      assertThat(
              get(server.port(), "/metrics", "Authorization", "Bearer s3cret").statusCode())
          .isEqualTo(200);
      assertThat(get(server.port(), "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void start_portTaken_isRefusedIfChosenAndAnotherOneIfNot() throws Exception {
    try (GateServer first = GateServer.start(GateConfig.Http.DEFAULTS, VIEWS);
        GateServer second = GateServer.start(GateConfig.Http.DEFAULTS, VIEWS)) {
      assertThat(second.port()).isNotEqualTo(first.port());
      GateConfig.Http taken =
          new GateConfig.Http("127.0.0.1", OptionalInt.of(first.port()), Optional.empty());
      assertThatThrownBy(() -> GateServer.start(taken, VIEWS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("http.port");
    }
  }
}
