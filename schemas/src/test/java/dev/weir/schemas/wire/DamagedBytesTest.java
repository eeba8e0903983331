package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.signing.Envelope;
import dev.weir.schemas.avro.PassengerRecord;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come, a decoder answers with a value or with UndecodableRecord. */
class DamagedBytesTest {
  private static final int CHANGES = 400;

  private static final RecordCodec RECORDS = RecordCodec.of(Passengers.DOMAIN);
  private static final DecisionCodec DECISIONS = new DecisionCodec();
  private static final EnvelopeCodec ENVELOPES = new EnvelopeCodec();
  private static final Map<String, Consumer<byte[]>> DECODERS = Map.of(
      "record", RECORDS::decode,
      "decision", DECISIONS::decode,
      "decision's input", DECISIONS::input,
      "hold", new HoldCodec()::decode,
      "alert", new AlertCodec()::decode,
      "envelope", ENVELOPES::decode,
      "activation", new ActivationCodec()::decode);
  private static final Map<String, byte[]> SOUND = Map.of(
      "record",
      RECORDS.encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of("Age")),
      "decision",
      DECISIONS.encode(Decisions.sealed(Decisions.capped())).get(0),
      "decision's input",
      DECISIONS.encode(Decisions.sealed(Decisions.capped())).get(0),
      "hold",
      new HoldCodec().encode(Decisions.hold()),
      "alert",
      new AlertCodec().encode(new Alert(Alert.Kind.ENGINE_FAULT, "b", "m"), 5),
      "envelope",
      ENVELOPES.encode(new Envelope("t", new byte[20], List.of())));

  @Property(tries = 300)
  void decode_anyBytes_answersOrRefuses(@ForAll @Size(max = 64) byte[] bytes) {
    DECODERS.values().forEach(decoder -> requireAnswer(decoder, bytes));
  }

  @Property(tries = 20)
  void decode_changedBytes_answersOrRefuses(@ForAll long seed) {
    Random random = new Random(seed);
    SOUND.forEach((name, sound) -> {
      for (int i = 0; i < CHANGES; i++) {
        byte[] changed = sound.clone();
        for (int j = random.nextInt(4); j >= 0; j--) {
          changed[10 + random.nextInt(changed.length - 10)] = (byte) random.nextInt(256);
        }
        requireAnswer(DECODERS.getOrDefault(name, bytes -> {}), changed);
      }
    });
  }

  private static void requireAnswer(Consumer<byte[]> decoder, byte[] bytes) {
    try {
      decoder.accept(bytes);
    } catch (UndecodableRecord e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }
}
