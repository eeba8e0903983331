package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.schemas.registry.RegistrySerializer;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.RecordSchema;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.testkit.registry.RegistryProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The schema registry dies. */
@Tag("long")
class RegistryGoneTest {
  private static final Domain DOMAIN = DomainDefinition.shipped("passenger").domain();
  private static final Schema KNOWN = RecordSchema.of(DOMAIN);

  /** The same records, by a schema that no instance has read yet. */
  private static final Schema UNKNOWN = new Schema.Parser()
      .parse(KNOWN.toString().replace("\"name\":\"passenger\"", "\"name\":\"traveller\""));

  @Test
  void kill9_underLoad_knownSchemasAreDecidedAndAnUnknownOneStopsTheInstanceUntilItIsBack()
      throws Exception {
    try (RegistryProcess registry = RegistryProcess.start();
        RegistrySerializer serializer = new RegistrySerializer();
        Scene scene = Scene.of("the registry is gone")) {
      serializer.configure(Map.of(RegistrySettings.URL, registry.url()), false);
      Shipment first = passenger(1, KNOWN, serializer);
      Shipment second = passenger(2, KNOWN, serializer);
      Shipment third = passenger(3, UNKNOWN, serializer);
      scene.with("registry.url", registry.url()).givenInstances("one");
      Load load = scene.givenLoad(200);
      load.send(first);
      scene.givenOutcomes(400);
      scene.thenIsDecided(first);

      scene.when("the registry is killed", registry::kill);
      load.send(second);
      scene.thenIsDecided(second);

      scene.when("a record of an unknown schema comes", () -> load.send(third));
      assertThat(scene.instance("one").awaitEnd()).isEqualTo(3);
      assertThat(scene.instance("one").said()).contains("schema registry did not answer");
      scene.report(String.format(
          Locale.ROOT, "the instance had ended after %.1f s", scene.secondsSinceFault()));

      scene.when("the registry is back and the instance started again", () -> {
        registry.restart();
        scene.instance("one").startAgain();
      });
      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  /** In a batch of its own. */
  private static Shipment passenger(int number, Schema writer, RegistrySerializer serializer) {
    String id = "registered-" + number;
    Map<String, Object> values = new HashMap<>(TinyBundle.passenger(number));
    values.put("PassengerId", id);
    return Shipment.of(
        Optional.empty(),
        Shipment.Kind.VALID,
        id,
        serializer.serialize(
            Scene.NAMES.records(), RecordCodec.of(DOMAIN).avro(writer, values, List.of())),
        Map.of());
  }
}
