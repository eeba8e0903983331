package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.broker.EmbeddedBroker;
import dev.weir.testkit.broker.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerWaitTest {
  @TempDir
  Path directory;

  private static Map<String, Object> at(int port) {
    return Map.of("bootstrap.servers", Ports.HOST + ":" + port);
  }

  private static CompletableFuture<Boolean> waiting(int port, AtomicBoolean isStopped) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return BrokerWait.await(at(port), "test", isStopped::get);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  @Test
  void await_brokerThatComesLater_returnsWhenItAnswers() throws Exception {
    int port = Ports.free();
    CompletableFuture<Boolean> answer = waiting(port, new AtomicBoolean());

    assertThat(answer.isDone()).isFalse();
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(new EmbeddedBroker.Options(directory, port))) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(broker.bootstrapServers()).endsWith(":" + port);
    }
  }

  @Test
  void await_stoppedBeforeABrokerCame_returnsWithoutAnAnswer() throws Exception {
    AtomicBoolean isStopped = new AtomicBoolean();
    CompletableFuture<Boolean> answer = waiting(Ports.free(), isStopped);

    isStopped.set(true);

    assertThat(answer.get(60, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void start_closedWhileItWaitsForKafka_saysSo() throws Exception {
    Map<String, String> settings = Map.of(
        "bootstrapServers",
        Ports.HOST + ":" + Ports.free(),
        "scope",
        "passenger",
        "stateDir",
        directory.resolve("state").toString(),
        "bundlesDir",
        directory.resolve("bundles").toString());
    GateApp app = new GateApp(GateConfig.of(settings));
    assertThat(app.waitsFor()).contains(GateApp.WaitsFor.KAFKA);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(app::close);

    assertThatThrownBy(app::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed before a Kafka broker answered");
    closed.get(60, TimeUnit.SECONDS);
  }
}
