package dev.weir.topology.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.MaskingKey;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.AlertCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.Payload;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Received;
import dev.weir.topology.route.Destination;
import dev.weir.topology.route.Output;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that nobody can read, among good ones: each is one dead letter, and nobody's else business. */
class OddRecordsTest {
  private static final MaskingKey KEY = new MaskingKey(new byte[32]);
  private static final String ID = "0003_01";
  private static final byte[] REGISTERED = {0, 0, 0, 0, 1, 7};

  private static final Schema PRICED = new Schema.Parser().parse("""
      {"type": "record", "name": "Priced", "fields": [
        {"name": "PassengerId", "type": "string"},
        {"name": "Spa", "type":
          {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}}]}""");

  @TempDir
  static Path directory;

  private static InForce inForce;
  private static RecordCodec codec;

  @BeforeAll
  static void release() {
    DomainDefinition definition = DomainDefinition.read(
        "hashed.yaml",
        DomainDefinition.shipped("passenger")
            .text()
            .replace("role: id}", "role: id, sensitive: hash}")
            .replace("role: group}", "role: group, sensitive: hash}"));
    Bundle bundle = TinyBundle.write(directory.resolve("hashed"), definition);
    PolicyFile file =
        PolicyFile.read("hotfix", PolicyFile.shippedText("passenger/hotfix"), definition);
    Gate gate = new Gate(file.policy(), bundle, new Secrets(SampleKeys.DEMO, Optional.of(KEY)));
    Release release =
        new Release("passenger", "v1", 1, 0, OptionalLong.empty(), file.fingerprint(), gate);
    inForce = new InForce(new ReleaseBook(42, List.of(release)), Controls.NONE);
    codec = RecordCodec.of(definition.domain());
  }

  private static byte[] passenger() {
    return codec.encodeJson(TinyBundle.passenger(3), List.of());
  }

  private static GenericRecord priced(byte... unscaled) {
    GenericRecord record = new GenericData.Record(PRICED);
    record.put("PassengerId", "9");
    record.put("Spa", ByteBuffer.wrap(unscaled));
    return record;
  }

  private static List<Output> decided(Payload... payloads) {
    List<Received> received = IntStream.range(0, payloads.length)
        .mapToObj(offset ->
            new Received(offset, 1, "b".getBytes(StandardCharsets.UTF_8), REGISTERED, List.of()))
        .toList();
    return new BatchDecider("records", Release::decide)
        .decide(
            new ClosedBatch("b", 0, CloseReason.MARKER, 0, received, 1, Optional.empty()),
            List.of(payloads),
            inForce,
            5)
        .outputs();
  }

  private static List<Output> at(Destination destination, List<Output> outputs) {
    return outputs.stream()
        .filter(output -> output.destination() == destination)
        .toList();
  }

  @Test
  void decide_decimalOfNoBytesInABatch_isOneDeadLetterAndTheRestIsDecided() {
    List<Output> outputs =
        decided(new Payload.Plain(passenger()), new Payload.Registered(priced()));

    assertThat(at(Destination.DEAD_LETTERS, outputs)).singleElement().satisfies(letter -> {
      assertThat(letter.header(Headers.CAUSE)).isEqualTo("UNDECODABLE");
      assertThat(letter.header(Headers.SOURCE_OFFSET)).isEqualTo("1");
      assertThat(letter.header(Headers.MESSAGE)).contains("field 'Spa' is a decimal of 0 bytes");
    });
    assertThat(at(Destination.ALERTS, outputs)).isEmpty();
    assertThat(at(Destination.PRIORITY_AUDIT, outputs))
        .singleElement()
        .satisfies(decision -> assertThat(
                new DecisionCodec().decode(decision.record().value()).getScore())
            .isNotNull());
  }

  @Test
  void decide_readingARecordFailsInWeir_isOneDeadLetterAndAnAlert() {
    GenericRecord broken = new GenericData.Record(PRICED) {
      @Override
      public Object get(int field) {
        throw new AssertionError("a promise of ours");
      }
    };

    List<Output> outputs = decided(
        new Payload.Registered(broken),
        new Payload.Plain(passenger()),
        new Payload.Registered(broken));

    assertThat(at(Destination.DEAD_LETTERS, outputs))
        .extracting(letter -> letter.header(Headers.CAUSE))
        .containsExactly("ENGINE_FAULT", "ENGINE_FAULT");
    assertThat(at(Destination.PRIORITY_AUDIT, outputs)).hasSize(1);
    assertThat(at(Destination.ALERTS, outputs))
        .singleElement()
        .satisfies(
            alert -> assertThat(new AlertCodec().decode(alert.record().value()).getMessage())
                .startsWith("the record at offset 0 of partition 0, in batch b, part 0, could not")
                .contains("a promise of ours"));
  }

  @Test
  void decide_moreToSayThanAHeaderHolds_isCutAndSaysSo() {
    byte[] record = codec.encodeJson(TinyBundle.passenger(3), Collections.nCopies(1_000, "Shoe"));

    assertThat(at(Destination.DEAD_LETTERS, decided(new Payload.Plain(record))))
        .singleElement()
        .satisfies(letter -> assertThat(letter.header(Headers.MESSAGE))
            .startsWith("imputed 'Shoe' is not a field that upstream may impute")
            .endsWith(" characters in all)")
            .hasSize(4_000));
  }

  /** Reads every value as a record whose decimal has no bytes. */
  public static final class Odd implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] value) {
      return priced();
    }
  }

  private static Optional<String> id(byte[] value, PayloadReader reader) {
    return new ReleaseRecordIds(() -> inForce, "records", () -> reader)
        .of(new Received(0, 1, null, value, List.of()));
  }

  @Test
  void of_recordThatCannotBeRead_isNone() {
    try (PayloadReader odd =
        PayloadReader.of(Odd.class.getName(), Map.of("schema.registry.url", "http://unused:1"))) {
      assertThat(id(REGISTERED, odd)).isEmpty();
    }
  }

  @Test
  void of_idThatTheDomainHashes_isTheHash() {
    assertThat(id(passenger(), PayloadReader.withoutRegistry())).contains(KEY.hash(ID));
  }
}
