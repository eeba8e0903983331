package dev.weir.topology.app;

import static dev.weir.topology.app.GateCluster.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.registry.RegistryOutage;
import dev.weir.schemas.registry.RegistrySerializer;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.schemas.registry.WireFormat;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.RecordSchema;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.testkit.registry.RegistryProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a real broker with a real registry, which is killed under it. */
@Timeout(240)
class RegistryOutageTest {
  private static final RegistryProcess REGISTRY = SharedRegistry.REGISTRY;
  private static final int SPENDER = 3;
  private static final Map<String, String> IMPATIENT = Map.of(
      "registry.url",
      REGISTRY.url(),
      "registry.timeoutMsMax",
      "1000",
      "registry.patienceMsMax",
      "1500",
      // An instance that ended stays in its group for as long.
      "kafka.session.timeout.ms",
      "12000");

  @TempDir
  Path directory;

  private GateCluster cluster;
  private RegistrySerializer serializer;
  private Schema schema;

  @BeforeEach
  void start() throws Exception {
    cluster = new GateCluster(directory);
    cluster.release("passenger/hotfix", 1, 0);
    schema = RecordSchema.of(cluster.bundle.definition().domain());
    serializer = new RegistrySerializer();
    serializer.configure(Map.of(RegistrySettings.URL, REGISTRY.url()), false);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private byte[] passenger(int number, Schema writer) {
    RecordCodec codec = RecordCodec.of(cluster.bundle.definition().domain());
    return serializer.serialize(
        TOPICS.records(), codec.avro(writer, TinyBundle.passenger(number), List.of()));
  }

  /** The same records, by a schema that nobody has read yet. */
  private Schema uncached() {
    return new Schema.Parser()
        .parse(schema.toString().replace("\"name\":\"passenger\"", "\"name\":\"traveller\""));
  }

  private void send(byte[] value) throws Exception {
    cluster.raw("", value, System.currentTimeMillis(), Map.of());
  }

  @Test
  void run_registryKilled_losesNothingAndBuriesNothing() throws Exception {
    byte[] cached = passenger(SPENDER, schema);
    byte[] uncached = passenger(SPENDER + 4, uncached());
    try (GateApp app = cluster.started(IMPATIENT)) {
      send(cached);
      assertThat(cluster.decisions(1)).hasSize(1);
      REGISTRY.kill();
      try {
        send(cached);
        assertThat(cluster.decisions(2)).hasSize(2);

        send(uncached);
        send(cached);

        assertThat(app.awaitEnd(Duration.ofSeconds(60))).isTrue();
        assertThat(app.failure().orElseThrow()).hasRootCauseInstanceOf(RegistryOutage.class);
        assertThat(cluster.read(TOPICS.deadLetters())).isEmpty();
      } finally {
        REGISTRY.restart();
      }
    }

    try (GateApp app = cluster.started(IMPATIENT)) {
      assertThat(cluster.decisions(4)).hasSize(4);
      assertThat(cluster.read(TOPICS.deadLetters())).isEmpty();
      assertThat(app.failure()).isEmpty();
    }
  }

  @Test
  void run_idThatTheRegistryLacks_isADeadLetterWithItsBytes() throws Exception {
    byte[] unknown = WireFormat.header(987_654);
    try (GateApp app = cluster.started(IMPATIENT)) {
      send(unknown);
      send(passenger(SPENDER, schema));

      assertThat(cluster.decisions(1)).hasSize(1);
      assertThat(cluster.read(TOPICS.deadLetters(), 1)).singleElement().satisfies(letter -> {
        assertThat(letter.value()).isEqualTo(unknown);
        assertThat(letter.headers().lastHeader(Headers.CAUSE).value())
            .isEqualTo(GateCluster.bytes("UNDECODABLE"));
        assertThat(new String(letter.headers().lastHeader(Headers.MESSAGE).value()))
            .contains("no schema with id 987654");
      });
      assertThat(app.failure()).isEmpty();
    }
  }
}
