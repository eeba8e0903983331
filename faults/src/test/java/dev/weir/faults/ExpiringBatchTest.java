package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.Watch.Outcome;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.schemas.avro.CloseReason;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches whose sender never finished them, on an instance that dies before they expire. */
@Tag("long")
class ExpiringBatchTest {
  private static final int BATCHES = 20;
  private static final int SENT = 3;
  private static final int ANNOUNCED = 10;

  @Test
  void kill9_beforeBatchesExpire_eachExpiresOnceAndWhole() throws Exception {
    try (Scene scene = Scene.of("batches expire across a restart")) {
      scene.with("batch.idleMsMax", "15000");
      scene.givenInstances("one");
      Load load = scene.givenQuiet();
      shipments().forEach(load::send);
      scene.givenOpen(BATCHES * SENT);

      scene.when("the instance dies and is started again", () -> {
        scene.instance("one").kill();
        scene.instance("one").startAgain();
      });

      scene.thenNothingIsLostOrDoubled();
      scene.thenLastDecisionCame();
      List<Decision> decisions = scene.outcomes().values().stream()
          .map(Outcome::decision)
          .flatMap(Optional::stream)
          .toList();
      assertThat(decisions).allSatisfy(decision -> {
        assertThat(decision.getBatch().getCloseReason()).isEqualTo(CloseReason.IDLE);
        assertThat(decision.getBatch().getSize()).isEqualTo(SENT);
      });
    }
  }

  private static List<Shipment> shipments() {
    RecordCodec codec = RecordCodec.of(DomainDefinition.shipped("passenger").domain());
    return IntStream.range(0, BATCHES * SENT)
        .mapToObj(number -> {
          Map<String, Object> values = new HashMap<>(TinyBundle.passenger(number));
          return Shipment.of(
              Optional.of("unfinished-" + number % BATCHES),
              Shipment.Kind.VALID,
              String.valueOf(values.get("PassengerId")),
              codec.encodeJson(values, List.of()),
              Map.of(Headers.BATCH_SIZE, Integer.toString(ANNOUNCED)));
        })
        .toList();
  }
}
