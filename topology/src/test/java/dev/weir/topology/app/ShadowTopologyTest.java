package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.avro.ShadowDifference;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.ShadowCodec;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.decide.DecideFunction;
import dev.weir.topology.route.Destination;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadow release beside the active one, in the task. */
class ShadowTopologyTest {
  private static final TopicNames TOPICS = TopicNames.of("passenger");
  private static final int ROWS = 24;

  @TempDir
  static Path directory;

  private static Bundle bundle;
  private static Bundle other;

  @BeforeAll
  static void write() {
    bundle = TinyBundle.write(directory.resolve("tiny"));
    other = TinyBundle.write(directory.resolve("other"), 1);
  }

  private static Release release(
      String policy, Bundle with, long effectiveFrom, OptionalLong expires) {
    PolicyFile file =
        PolicyFile.read(policy, PolicyFile.shippedText("passenger/" + policy), with.definition());
    Gate gate = new Gate(file.policy(), with, Secrets.DEMO);
    return new Release("passenger", policy, 4, effectiveFrom, expires, file.fingerprint(), gate);
  }

  private static Release shadow(Bundle with) {
    return release("baseline", with, 0, OptionalLong.empty());
  }

  /** Everything that leaves the gate for some batches, by topic: key and value of each record. */
  private static Map<Destination, List<List<Object>>> run(
      Optional<Release> shadow, DecideFunction function) {
    InForce inForce = new InForce(
        new ReleaseBook(42, List.of(release("hotfix", bundle, 0, OptionalLong.empty()))),
        Controls.NONE,
        shadow);
    Properties settings = new Properties();
    settings.put("application.id", "gate");
    settings.put("bootstrap.servers", "unused:1");
    settings.put("processing.exception.handler", LastNet.class.getName());
    try (TopologyTestDriver driver = new TopologyTestDriver(
        GateTopology.of(TOPICS, CollectLimits.DEFAULTS, function, () -> inForce),
        settings,
        Instant.ofEpochMilli(1_000_000))) {
      send(driver);
      Map<Destination, List<List<Object>>> all = new HashMap<>();
      for (Destination to : Destination.values()) {
        all.put(
            to,
            driver
                .createOutputTopic(
                    to.topic(TOPICS), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(ShadowTopologyTest::content)
                .toList());
      }
      return all;
    }
  }

  private static void send(TopologyTestDriver driver) {
    TestInputTopic<byte[], byte[]> input = driver.createInputTopic(
        TOPICS.records(), new ByteArraySerializer(), new ByteArraySerializer());
    RecordCodec records = RecordCodec.of(bundle.definition().domain());
    for (int i = 0; i < ROWS; i++) {
      RecordHeaders headers = new RecordHeaders();
      headers.add(Headers.BATCH_SIZE, Headers.value("3"));
      byte[] value =
          i == 5 ? new byte[] {1, 2} : records.encodeJson(TinyBundle.passenger(i), List.of());
      input.pipeInput(new TestRecord<>(
          Headers.value("b" + i / 3), value, headers, Instant.ofEpochMilli(100 + i)));
    }
  }

  private static List<Object> content(TestRecord<byte[], byte[]> record) {
    List<Object> content = new ArrayList<>();
    content.add(new String(record.key(), StandardCharsets.UTF_8));
    content.add(Arrays.toString(record.value()));
    content.add(record.timestamp());
    content.add(record.headers().toString());
    return content;
  }

  private static void assertActiveIsAsWithout(Map<Destination, List<List<Object>>> found) {
    Map<Destination, List<List<Object>>> alone = run(Optional.empty(), Release::decide);
    for (Destination to : Destination.values()) {
      if (to != Destination.SHADOW && to != Destination.ALERTS) {
        assertThat(found.get(to)).as(to.toString()).isEqualTo(alone.get(to));
      }
    }
    assertThat(found.get(Destination.ALERTS)).containsAll(alone.get(Destination.ALERTS));
    assertThat(alone.get(Destination.SHADOW)).isEmpty();
  }

  private static List<ShadowDifference> differences(Map<Destination, List<List<Object>>> found) {
    return found.get(Destination.SHADOW).stream()
        .map(content -> new ShadowCodec().decode(bytes(content.get(1))))
        .toList();
  }

  private static byte[] bytes(Object text) {
    String[] numbers = text.toString().replaceAll("[\\[\\] ]", "").split(",");
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Byte.parseByte(numbers[i]);
    }
    return bytes;
  }

  @Test
  void process_shadowOfTheSameBundle_tellsDifferencesAndChangesNoActiveByte() {
    Map<Destination, List<List<Object>>> found = run(Optional.of(shadow(bundle)), Release::decide);

    assertActiveIsAsWithout(found);
    assertThat(differences(found)).isNotEmpty().allSatisfy(one -> {
      // Hotfix holds a batch of three with one fragile record; baseline holds none so small.
      assertThat(one.getActive().getRoute()).hasToString("HELD");
      assertThat(one.getShadow().getRoute()).isNotEqualTo(one.getActive().getRoute());
      assertThat(one.getShadow().getRelease().getVersion()).isEqualTo("baseline");
      assertThat(one.getActive().getRelease().getBook()).isEqualTo(42);
      assertThat(one.getMasked()).isEmpty();
    });
    assertThat(found.get(Destination.SHADOW))
        .extracting(content -> content.get(0))
        .containsExactlyElementsOf(
            differences(found).stream().map(ShadowDifference::getRecordId).toList());
  }

  @Test
  void process_shadowThatFails_alertsOnceAndChangesNoActiveByte() {
    DecideFunction failing = new DecideFunction() {
      @Override
      public Gate.Outcome decide(
          Release release, Controls controls, Batch batch, OptionalLong book) {
        return release.decide(controls, batch, book);
      }

      @Override
      public Gate.Outcome decideBeside(
          Gate.Outcome active, Release shadow, Controls controls, Batch batch, OptionalLong book) {
        throw new AssertionError("broken shadow");
      }
    };

    Map<Destination, List<List<Object>>> found = run(Optional.of(shadow(bundle)), failing);

    assertActiveIsAsWithout(found);
    assertThat(found.get(Destination.SHADOW)).isEmpty();
    assertThat(found.get(Destination.ALERTS))
        .filteredOn(content -> content.get(0).equals("SHADOW_FAULT/passenger@4"))
        .singleElement()
        .satisfies(
            content -> assertThat(new AlertCodec().decode(bytes(content.get(1))).getMessage())
                .contains("batch b0#0", "broken shadow", "active decisions stand"));
  }

  @Test
  void process_shadowOfAnotherBundle_isLeftToItsOwnApplication() {
    Map<Destination, List<List<Object>>> found = run(Optional.of(shadow(other)), Release::decide);

    assertActiveIsAsWithout(found);
    assertThat(found.get(Destination.SHADOW)).isEmpty();
  }

  @Test
  void process_shadowNotYetOrNoMoreInForce_saysNothing() {
    Release later = release("baseline", bundle, 1_000, OptionalLong.empty());
    Release over = release("baseline", bundle, 0, OptionalLong.of(100));

    assertThat(run(Optional.of(later), Release::decide).get(Destination.SHADOW)).isEmpty();
    assertThat(run(Optional.of(over), Release::decide).get(Destination.SHADOW)).isEmpty();
  }
}
