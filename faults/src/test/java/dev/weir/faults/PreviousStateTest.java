package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.faults.Watch.Outcome;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.schemas.avro.CloseReason;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gate of this version goes on with what one of an earlier version has left behind. */
class PreviousStateTest {
  private static final int BATCHES = 8;
  private static final int BEFORE = 3;
  private static final int SIZE = 5;

  @Test
  void start_withTheStateOfThePreviousRelease_completesItsOpenBatches() throws Exception {
    try (Scene scene = Scene.of("restart on the state of the previous release")) {
      StateSnapshot.read("state-0.1.0.txt")
          .restore(scene.cluster(), Scene.APPLICATION, Scene.NAMES.records(), Scene.PARTITIONS);
      scene.givenInstances("one");
      Load load = scene.givenQuiet();

      scene.when("the rest of its batches comes", () -> rest().forEach(load::send));

      scene.thenSeen(BATCHES * SIZE);
      List<Decision> decisions = scene.outcomes().values().stream()
          .map(Outcome::decision)
          .flatMap(Optional::stream)
          .toList();
      assertThat(decisions).hasSize(BATCHES * SIZE).allSatisfy(decision -> {
        assertThat(decision.getBatch().getSize()).isEqualTo(SIZE);
        assertThat(decision.getBatch().getCloseReason()).isEqualTo(CloseReason.SIZE);
      });
      scene.thenLedgerBalancesAndVerifyIsClean();
      scene.report("every open batch was completed and decided whole");
    }
  }

  /** Makes the file above; run it with the release whose state is to be kept. */
  @Test
  @Tag("long")
  void capture_whereAskedFor_writesWhatThisVersionLeavesBehind() throws Exception {
    String file = System.getProperty("weir.faults.capture", "");
    assumeTrue(
        !file.isBlank(),
        "left out: it makes the file for the test above, where -Dweir.faults.capture=FILE asks for it");
    try (Scene scene = Scene.of("capture")) {
      scene.givenInstances("one");
      Load load = scene.givenQuiet();
      shipments(0, BEFORE).forEach(load::send);
      scene.givenOpen(BATCHES * BEFORE);
      scene.instance("one").kill();
      StateSnapshot.capture(scene.cluster(), Scene.NAMES.records(), Scene.APPLICATION)
          .write(Path.of(file));
    }
  }

  private static List<Shipment> rest() {
    return shipments(BEFORE, SIZE);
  }

  private static List<Shipment> shipments(int from, int to) {
    RecordCodec codec = RecordCodec.of(DomainDefinition.shipped("passenger").domain());
    List<Shipment> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int batch = 0; batch < BATCHES; batch++) {
        Map<String, Object> values = TinyBundle.passenger(batch * SIZE + i);
        all.add(Shipment.of(
            Optional.of("open-" + batch),
            Shipment.Kind.VALID,
            String.valueOf(values.get("PassengerId")),
            codec.encodeJson(values, List.of()),
            Map.of(Headers.BATCH_SIZE, Integer.toString(SIZE))));
      }
    }
    return all;
  }
}
