package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.model.json.CanonicalJson;
import dev.weir.schemas.jsonl.DecisionLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** What is written without Avro's classes and without a JSON tree is what these would write. */
class DecisionBytesLawTest {
  private static final Schema SCHEMA = dev.weir.schemas.avro.Decision.getClassSchema();
  private static final int HEADER_BYTES = 10;

  private final DecisionCodec codec = new DecisionCodec();
  private final Sealer sealer = new Sealer();

  /** Keeps a map's order, so that writing it again gives the same bytes. */
  private static final class OrderedReader
      extends SpecificDatumReader<dev.weir.schemas.avro.Decision> {
    OrderedReader() {
      super(SCHEMA, SCHEMA, model());
    }

    /* Avro's fast reader has maps of its own. */
    private static SpecificData model() {
      SpecificData model = new SpecificData();
      model.setFastReaderEnabled(false);
      return model;
    }

    @Override
    protected Object newMap(Object old, int size) {
      return new LinkedHashMap<>();
    }
  }

  @Property(tries = 200)
  void encode_anyDecision_isWhatAvrosClassesWrite(@ForAll long seed) throws IOException {
    for (byte[] encoded : codec.encode(sealer.seal(new RandomDecisions(seed).batch()))) {
      assertThat(Arrays.equals(rewritten(encoded), encoded)).isTrue();
    }
  }

  /** The bytes that Avro's classes make of what they read in some bytes. */
  private static byte[] rewritten(byte[] encoded) throws IOException {
    return SingleObject.encode(
        SingleObject.fingerprint(SCHEMA),
        new SpecificDatumWriter<>(SCHEMA, SpecificData.getForSchema(SCHEMA)),
        new OrderedReader()
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(encoded, HEADER_BYTES, encoded.length - HEADER_BYTES, null)));
  }

  @Property(tries = 200)
  void encode_anyDecision_carriesAllOfIt(@ForAll long seed) {
    SealedBatch batch = sealer.seal(new RandomDecisions(seed).batch());
    DecisionLines lines =
        new DecisionLines(Passengers.DOMAIN, batch.decisions().get(0).names().sources());

    assertThat(codec.encode(batch))
        .map(bytes -> CanonicalJson.of(lines.of(codec.decode(bytes))))
        .isEqualTo(batch.json().stream().map(CanonicalJson::of).toList());
  }

  @Property(tries = 200)
  void input_anyDecision_isThatOfTheWholeDecision(@ForAll long seed) {
    for (byte[] encoded : codec.encode(sealer.seal(new RandomDecisions(seed).batch()))) {
      assertThat(codec.input(encoded)).isEqualTo(DecisionInput.of(codec.decode(encoded)));
    }
  }

  @Property(tries = 200)
  void seal_anyDecision_isThatOfItsCanonicalJson(@ForAll long seed) {
    List<Decision> decisions = new RandomDecisions(seed).batch();

    assertThat(sealer.seal(decisions).seals())
        .isEqualTo(decisions.stream()
            .map(decision -> Seal.of(DecisionJson.content(decision)))
            .toList());
  }

  @Property(tries = 50)
  void encode_engineFault_isWhatAvrosClassesWrite(@ForAll long seed) throws IOException {
    Decision decision = new RandomDecisions(seed).batch().get(0);
    byte[] encoded = codec.encode(new EngineFault(
        decision.batch(),
        decision.source(),
        decision.eventTime(),
        decision.evidence().record(),
        decision.release(),
        decision.controls()));
    assertThat(Arrays.equals(rewritten(encoded), encoded)).isTrue();
    assertThat(codec.input(encoded)).isEqualTo(DecisionInput.of(codec.decode(encoded)));
    assertThat(codec.decode(encoded).getReasons())
        .containsExactly(dev.weir.schemas.avro.Reason.ENGINE_FAULT);
  }
}
