package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys, values and headers that nobody can use, in the midst of good records. */
class PoisonTest {
  private static final int RANDOM_VALUES = 50;

  @Test
  void poison_inKeyValueAndHeaders_isDeadLetteredAndStopsNothing() throws Exception {
    try (Scene scene = Scene.of("poison in key, value and headers")) {
      scene.givenInstances("one");
      Load load = scene.givenLoad(200);
      scene.givenOutcomes(200);

      scene.when("poison is sent", () -> poison(scene.random()).forEach(load::send));

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
      assertThat(scene.instance("one").isAlive()).isTrue();
    }
  }

  private static List<Shipment> poison(Random random) {
    List<Shipment> all = new ArrayList<>();
    keys().forEach(key -> all.add(rejected(Optional.of(key), Optional.of(good()), Map.of())));
    values(random).forEach(value -> all.add(rejected(Optional.empty(), value, Map.of())));
    sizes()
        .forEach(size -> all.add(
            rejected(Optional.empty(), Optional.of(good()), Map.of(Headers.BATCH_SIZE, size))));
    Map<String, byte[]> many = new HashMap<>(Map.of(Headers.BATCH_SIZE, Shipment.bytes("0")));
    for (int i = 0; i < 500; i++) {
      many.put("header-" + i, new byte[] {(byte) i});
    }
    all.add(rejected(Optional.empty(), Optional.of(good()), many));
    return all;
  }

  private static Shipment rejected(
      Optional<byte[]> key, Optional<byte[]> value, Map<String, byte[]> headers) {
    return new Shipment(Optional.empty(), key, Shipment.Kind.REJECTED, "", value, headers);
  }

  private static byte[] good() {
    return RecordCodec.of(DomainDefinition.shipped("passenger").domain())
        .encodeJson(TinyBundle.passenger(3), List.of());
  }

  /** Not UTF-8, and too long. */
  private static List<byte[]> keys() {
    return List.of(
        new byte[] {(byte) 0xC3, 0x28},
        new byte[] {(byte) 0xFF},
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        Shipment.bytes("k".repeat(1_025)));
  }

  private static List<Optional<byte[]>> values(Random random) {
    List<Optional<byte[]>> values = new ArrayList<>();
    values.add(Optional.empty());
    values.add(Optional.of(new byte[0]));
    // the first bytes of formats that we do not know: a registry's, Avro's with a schema of
    // nobody's
    values.add(Optional.of(new byte[] {0, 0, 0, 0, 7, 1, 2, 3}));
    values.add(Optional.of(new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    for (String json : List.of(
        "{}",
        "{\"PassengerId\": null}",
        "{\"PassengerId\": \"x\", \"Age\": 1e999}",
        "{\"PassengerId\": \"x\", \"Age\": \"old\"}",
        "{\"PassengerId\": \"x\"} {\"PassengerId\": \"y\"}",
        "{\"a\": ".repeat(20_000) + "1" + "}".repeat(20_000),
        "{\"PassengerId\": \"" + "x".repeat(300_000) + "\"}")) {
      values.add(Optional.of(Shipment.bytes(json)));
    }
    for (int i = 0; i < RANDOM_VALUES; i++) {
      byte[] noise = new byte[random.nextInt(2_000)];
      random.nextBytes(noise);
      values.add(Optional.of(noise));
    }
    return values;
  }

  private static List<byte[]> sizes() {
    return List.of(
        Shipment.bytes("0"),
        Shipment.bytes("-3"),
        Shipment.bytes("10001"),
        Shipment.bytes("ten"),
        Shipment.bytes("9".repeat(400)),
        new byte[] {(byte) 0xFF, 0},
        new byte[0]);
  }
}
