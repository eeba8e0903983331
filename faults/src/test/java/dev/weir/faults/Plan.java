package dev.weir.faults;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The messages of one seed, without end: batches of one, batches that tell their size and batches
 * that end with a marker, several open at a time and mixed with each other; fields missing here and
 * there, and now and then a record that nobody can use. Every batch is closed by its sender.
 */
final class Plan {
  private static final int OPEN_BATCHES = 6;
  private static final int BATCH_MAX = 25;
  private static final List<String> CAN_BE_MISSING =
      List.of("HomePlanet", "CryoSleep", "Cabin", "Destination", "Age", "Spa", "FoodCourt");

  private final Random random;
  private final RecordCodec codec =
      RecordCodec.of(DomainDefinition.shipped("passenger").domain());
  private final List<Batch> open = new ArrayList<>();
  private int batches;
  private int records;

  Plan(long seed) {
    this.random = new Random(seed);
  }

  /** How a batch tells that it is whole. */
  private enum Told {
    ALONE,
    SIZE,
    MARKER
  }

  private static final class Batch {
    private final String id;
    private final Told told;
    private final int size;
    private int sent;

    Batch(String id, Told told, int size) {
      this.id = id;
      this.told = told;
      this.size = size;
    }

    boolean isSent() {
      return told == Told.MARKER ? sent > size : sent == size;
    }
  }

  /** The next message. */
  Shipment next() {
    while (open.size() < OPEN_BATCHES) {
      open.add(batch());
    }
    return of(open.get(random.nextInt(open.size())));
  }

  /** The next message that an open batch still needs; empty when all are closed. */
  Optional<Shipment> last() {
    return open.isEmpty() ? Optional.empty() : Optional.of(of(open.get(0)));
  }

  private Batch batch() {
    Told told = Told.values()[random.nextInt(Told.values().length)];
    int size = told == Told.ALONE ? 1 : 1 + random.nextInt(BATCH_MAX);
    return new Batch(String.format(Locale.ROOT, "batch-%06d", batches++), told, size);
  }

  private Shipment of(Batch batch) {
    batch.sent++;
    if (batch.isSent()) {
      open.remove(batch);
    }
    return batch.sent > batch.size
        ? Shipment.of(
            Optional.of(batch.id),
            Shipment.Kind.MARKER,
            "",
            new byte[0],
            Map.of(Headers.BATCH_END, ""))
        : record(batch);
  }

  private Shipment record(Batch batch) {
    Optional<String> key = batch.told == Told.ALONE ? Optional.empty() : Optional.of(batch.id);
    Map<String, String> headers = batch.told == Told.SIZE
        ? Map.of(Headers.BATCH_SIZE, Integer.toString(batch.size))
        : Map.of();
    int number = records++;
    String id = String.format(Locale.ROOT, "%06d_01", number);
    Map<String, Object> values = values(number, id);
    return switch (random.nextInt(50)) {
      case 0 ->
        Shipment.of(
            key,
            Shipment.Kind.REJECTED,
            "",
            Shipment.bytes("{\"PassengerId\": \"%s".formatted(id)),
            headers);
      case 1 -> {
        values.put("Age", -1.0);
        yield Shipment.of(
            key, Shipment.Kind.REJECTED, "", codec.encodeJson(values, List.of()), headers);
      }
      default ->
        Shipment.of(key, Shipment.Kind.VALID, id, codec.encodeJson(values, List.of()), headers);
    };
  }

  private Map<String, Object> values(int number, String id) {
    Map<String, Object> values = new HashMap<>(TinyBundle.passenger(number % 8_000));
    values.put("PassengerId", id);
    values.put("TravelGroup", id.substring(0, id.indexOf('_')));
    if (random.nextInt(5) == 0) {
      values.remove(CAN_BE_MISSING.get(random.nextInt(CAN_BE_MISSING.size())));
    }
    return values;
  }
}
