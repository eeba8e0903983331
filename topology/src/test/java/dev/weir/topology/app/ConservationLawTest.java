package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.Collect;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.collect.OpenCounts;
import dev.weir.topology.collect.Unread;
import dev.weir.topology.decide.Decide;
import dev.weir.topology.decide.ReleaseRecordIds;
import dev.weir.topology.metric.GateMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** Conservation (gate.md §11): each offset is a decision, a dead letter, a marker or still open. */
class ConservationLawTest {
  private static final TopicNames TOPICS = TopicNames.of("passenger");
  private static final CollectLimits LIMITS = new CollectLimits(
      4,
      4_000,
      new CollectLimits.Times(200, 500, 900, 100),
      new CollectLimits.Open(3, 10_000, 2),
      0);
  private static final Bundle BUNDLE = bundle();
  private static final RecordCodec RECORDS = RecordCodec.of(BUNDLE.definition().domain());
  private static final InForce IN_FORCE =
      new InForce(new ReleaseBook(0, List.of(release())), Controls.NONE);

  private static Bundle bundle() {
    try {
      return TinyBundle.write(Files.createTempDirectory("weir-law").resolve("tiny"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Release release() {
    PolicyFile file =
        PolicyFile.read("steady", PolicyFile.shippedText("passenger/steady"), BUNDLE.definition());
    return Release.offline(file.fingerprint(), new Gate(file.policy(), BUNDLE, Secrets.DEMO));
  }

  enum Kind {
    PASSENGER,
    POISON,
    NO_VALUE,
    MARKER,
    TICK
  }

  record Event(Kind kind, String key, String size, int time) {}

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.of(
                Kind.PASSENGER,
                Kind.PASSENGER,
                Kind.PASSENGER,
                Kind.POISON,
                Kind.NO_VALUE,
                Kind.MARKER,
                Kind.TICK),
            Arbitraries.of("", "a", "b", "c", "d", "e"),
            Arbitraries.of("", "", "1", "2", "3", "10000", "10001", "0", "x"),
            Arbitraries.integers().between(0, 250))
        .as(Event::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 60)
  void offsets_anyInput_areTotalAndOneToOne(
      @ForAll("events") List<Event> events, @ForAll @IntRange(min = 0, max = 3) int remembered) {
    Properties settings = new Properties();
    settings.put("application.id", "gate");
    settings.put("bootstrap.servers", "unused:1");
    try (TopologyTestDriver driver = new TopologyTestDriver(
        GateTopology.of(
            TOPICS,
            new Collect(
                LIMITS.withDedupe(remembered),
                new Collect.Surroundings(
                    Unread.NOTHING,
                    () -> new ReleaseRecordIds(
                        () -> IN_FORCE, TOPICS.records(), PayloadReader::withoutRegistry),
                    new OpenCounts())),
            new Decide(
                TOPICS.records(),
                PayloadReader::withoutRegistry,
                Release::decide,
                () -> IN_FORCE,
                new GateMetrics(new SimpleMeterRegistry()))),
        settings,
        Instant.EPOCH)) {
      List<Long> markers = new ArrayList<>();
      long sent = play(driver, events, markers);

      List<Long> all = new ArrayList<>(markers);
      all.addAll(decided(driver, TOPICS.autoAccept()));
      all.addAll(decided(driver, TOPICS.priorityAudit()));
      all.addAll(deadLetters(driver));
      all.addAll(open(driver));

      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, sent).boxed().toList());
    }
  }

  private static long play(TopologyTestDriver driver, List<Event> events, List<Long> markers) {
    TestInputTopic<byte[], byte[]> input = driver.createInputTopic(
        TOPICS.records(), new ByteArraySerializer(), new ByteArraySerializer());
    long offset = 0;
    for (Event event : events) {
      if (event.kind() == Kind.TICK) {
        driver.advanceWallClockTime(Duration.ofMillis(event.time()));
        continue;
      }
      RecordHeaders headers = new RecordHeaders();
      if (!event.size().isEmpty()) {
        headers.add(Headers.BATCH_SIZE, bytes(event.size()));
      }
      if (event.kind() == Kind.MARKER) {
        headers.add(Headers.BATCH_END, null);
        markers.add(offset);
      }
      input.pipeInput(new TestRecord<>(
          event.key().isEmpty() ? null : bytes(event.key()),
          value(event, (int) offset),
          headers,
          Instant.ofEpochMilli(event.time())));
      offset++;
    }
    return offset;
  }

  private static byte[] value(Event event, int number) {
    return switch (event.kind()) {
      case PASSENGER -> RECORDS.encodeJson(TinyBundle.passenger(number % 7), List.of());
      case POISON -> bytes("poison");
      default -> null;
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static List<Long> decided(TopologyTestDriver driver, String topic) {
    DecisionCodec codec = new DecisionCodec();
    return read(driver, topic).stream()
        .map(record -> codec.decode(record.value()).getSource().getOffset())
        .toList();
  }

  private static List<Long> deadLetters(TopologyTestDriver driver) {
    return read(driver, TOPICS.deadLetters()).stream()
        .map(record -> record.headers().lastHeader(Headers.SOURCE_OFFSET).value())
        .map(value -> Headers.number(value).orElseThrow())
        .toList();
  }

  private static List<Long> open(TopologyTestDriver driver) {
    List<Long> open = new ArrayList<>();
    try (KeyValueIterator<org.apache.kafka.common.utils.Bytes, byte[]> entries = driver
        .<org.apache.kafka.common.utils.Bytes, byte[]>getKeyValueStore("open-records")
        .all()) {
      entries.forEachRemaining(entry -> {
        byte[] key = entry.key.get();
        open.add(java.nio.ByteBuffer.wrap(key).getLong(key.length - Long.BYTES));
      });
    }
    return open;
  }
}
