package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.Span;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.broker.Ports;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.testkit.registry.RegistryProcess;
import dev.weir.topology.app.GateApp;
import dev.weir.topology.app.GateConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a running gate, as a user gives them, on a real broker. */
@Timeout(180)
class StreamCommandsTest {
  private static final String POLICY = "passenger/hotfix";
  private static final int ROWS = 40;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir
  static Path directory;

  private static String bootstrap;
  private static Thread broker;
  private static Cluster cluster;
  private static Path tiny;
  private static Path key;

  @BeforeAll
  static void start() {
    tiny = directory.resolve("bundles/tiny");
    Bundle unused = TinyBundle.write(tiny);
    assertThat(Run.of("policy", "keygen", directory.resolve("alice")).code()).isZero();
    key = directory.resolve("alice.key");
    int port = Ports.free();
    broker = new Thread(
        () -> Run.of("broker", "--port", port, "--dir", directory.resolve("broker")), "broker");
    broker.start();
    bootstrap = Ports.HOST + ":" + port;
    cluster = Cluster.at(bootstrap);
    await("a broker", () -> isOpen(port));
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(Ports.HOST, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    broker.interrupt();
    broker.join();
  }

  /** A gate with topics of its own, and the file that tells commands of it. */
  private static final class Scene implements AutoCloseable {
    final Path file;
    final TopicNames names;
    private final GateApp gate;
    private final Thread running;
    private volatile String failure = "";

    Scene(String prefix, Map<String, String> more) throws IOException {
      names = new TopicNames(prefix, "passenger");
      new Topics(cluster, names).make(new TopicSizes(1, 1));
      Map<String, String> settings = new LinkedHashMap<>(Map.of(
          "bootstrapServers",
          bootstrap,
          "topicPrefix",
          prefix,
          "scope",
          "passenger",
          "instance",
          prefix + "-0",
          "stateDir",
          directory.resolve("state-" + prefix).toString(),
          "bundlesDir",
          directory.resolve("bundles").toString(),
          "keys.operators",
          directory.resolve("alice.pub").toString(),
          "replicationFactor",
          "1"));
      settings.putAll(more);
      file = directory.resolve(prefix + ".yaml");
      Files.writeString(
          file,
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"\n")
              .collect(Collectors.joining()));
      gate = new GateApp(GateConfig.of(settings));
      running = new Thread(this::run, "gate-" + prefix);
      running.start();
    }

    private void run() {
      try {
        gate.start();
      } catch (InterruptedException | RuntimeException e) {
        failure = String.valueOf(e);
      }
    }

    /* The start, of a fresh registry too, has patience of its own: a busy machine needs it for each. */
    Run push(String policy) {
      await("a gate that can take a release", () -> !isStarting() || !failure.isEmpty());
      return Run.of(
          "policy",
          "push",
          policy,
          "--bundle",
          tiny,
          "--no-bundle",
          "--key",
          key,
          "--config",
          file,
          "--wait",
          60);
    }

    private boolean isStarting() {
      return gate.waitsFor()
          .filter(Set.of(GateApp.WaitsFor.KAFKA, GateApp.WaitsFor.REGISTRY)::contains)
          .isPresent();
    }

    @Override
    public void close() {
      gate.close();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long length(String topic) {
    TopicReader reader = new TopicReader(cluster);
    return reader.spans(List.of(topic), TopicReader.End.COMMITTED).values().stream()
        .mapToLong(Span::end)
        .sum();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  void policy_pushedAndRolledBack_isWhatStatusTells() throws Exception {
    try (Scene scene = new Scene("commands-policy", Map.of())) {
      assertThat(Run.of("policy", "status", "--config", scene.file).code())
          .as("nothing was published")
          .isEqualTo(Weir.NO);

      Run first = scene.push(POLICY);
      Run second = scene.push("passenger/steady");

      assertThat(first.code()).as(first.out() + first.err()).isZero();
      assertThat(second.out()).contains("published epoch 2", "commands-policy-0: ACTIVATED");
      assertThat(length(scene.names.bundles())).as("--no-bundle").isZero();
      assertThat(Run.of("policy", "status", "--config", scene.file)).satisfies(status -> {
        assertThat(status.code()).isZero();
        assertThat(status.out())
            .contains("newest epoch=2 version=passenger/steady")
            .contains("instance=commands-policy-0 activated=2");
      });

      Run unsigned = Run.of("policy", "rollback", "--config", scene.file);

      assertThat(unsigned.out()).contains("published epoch 3", "the content of " + POLICY);
      await(
          "a refusal",
          () -> Run.of("policy", "status", "--config", scene.file)
              .out()
              .contains("last=REFUSED of epoch 3"));
      assertThat(Run.of("policy", "status", "--config", scene.file).code())
          .as("the newest is not activated")
          .isEqualTo(Weir.NO);

      Run rollback = Run.of("policy", "rollback", "--to", 1, "--key", key, "--config", scene.file);

      assertThat(rollback.out())
          .as("what the gates refuse has used up no number")
          .contains("published epoch 3", "the content of " + POLICY);
      await(
          "what was rolled back to",
          () -> Run.of("policy", "status", "--config", scene.file).code() == Weir.DONE);
    }
  }

  @Test
  void bundlePush_again_saysThatItIsThere() {
    new Topics(cluster, new TopicNames("commands-bundle", "passenger")).make(new TopicSizes(1, 1));
    Path file = directory.resolve("bundle.yaml");
    write(
        file,
        "bootstrapServers: \"" + bootstrap
            + "\"\ntopicPrefix: commands-bundle\nscope: passenger\n");

    Run first = Run.of("bundle", "push", tiny, "--config", file);
    Run again = Run.of("bundle", "push", tiny, "--config", file);

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).containsPattern("published bundle [0-9a-f]{64} in [1-9]\\d* parts");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("was published already");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void send_avroByARegistry_isDecidedAccountedForAndReplayed() throws Exception {
    Path rows = directory.resolve("rows.csv");
    PassengerWorld.writeCsv(rows, PassengerWorld.rows(ROWS, 7));
    try (RegistryProcess registry = RegistryProcess.start();
        Scene scene = new Scene(
            "commands-send",
            Map.of(
                "registry.url",
                registry.url(),
                "registry.decisions",
                "true",
                // A registry that has just started takes seconds for its first schema.
                "registry.timeoutMsMax",
                "4000"))) {
      Run pushed = scene.push(POLICY);
      assertThat(pushed.code()).as(pushed.out() + scene.failure).isZero();

      Run sent = Run.of(
          "send",
          "--format",
          "avro-registry",
          "--registry",
          registry.url(),
          "--data",
          rows,
          "--batch-by",
          4,
          "--rate",
          10_000,
          "--config",
          scene.file);

      assertThat(sent.code()).as(sent.err()).isZero();
      await(
          "all decisions",
          () -> decisions(scene.names.priorityAudit(), scene.names.autoAccept()).size() >= ROWS);
      assertReadBySchema(registry.url(), scene.names);
      assertThat(Run.of("ledger", "--config", scene.file).code())
          .as("it balances")
          .isZero();
      assertReplayed(scene, List.of());
      assertReplayed(scene, List.of("--records"));
    }
  }

  private static List<byte[]> decisions(String... topics) {
    List<byte[]> found = new ArrayList<>();
    TopicReader reader = new TopicReader(cluster);
    reader.read(
        reader.spans(List.of(topics), TopicReader.End.COMMITTED),
        record -> found.add(record.value()));
    return found;
  }

  /** What a reader does who knows Avro and the registry, and nothing of Weir. */
  private static void assertReadBySchema(String registry, TopicNames names) throws Exception {
    for (String topic : List.of(names.autoAccept(), names.priorityAudit())) {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create(registry + "/subjects/" + topic + "-value/versions/latest"))
          .build();
      String answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      Schema schema = new Schema.Parser()
          .parse(new ObjectMapper().readTree(answer).path("schema").asText());
      BinaryMessageDecoder<GenericRecord> decoder =
          new BinaryMessageDecoder<>(GenericData.get(), schema);
      for (byte[] value : decisions(topic)) {
        assertThat(decoder.decode(value).get("domain")).hasToString("passenger");
      }
    }
  }

  private static void assertReplayed(Scene scene, List<String> more) {
    Object[] arguments = Stream.concat(
            Stream.of("replay", "--bundle", tiny, "--config", scene.file), more.stream())
        .toArray();
    Run replay = Run.of(arguments);

    assertThat(replay.out()).contains(ROWS + " decisions", "every one the same, byte for byte");
    assertThat(replay.out()).as("the file tells the keys").doesNotContain("taken as good");
    assertThat(replay.code()).isZero();
  }
}
