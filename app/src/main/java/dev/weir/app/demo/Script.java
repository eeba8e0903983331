package dev.weir.app.demo;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Role;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.schemas.avro.PassengerRecord;
import dev.weir.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the demo sends, in order; the same for the same rows and seed. Batches of 1, 3, 25 and 100
 * valid records in Avro or JSON, closed by size, by a marker or by silence; poison and invalid
 * records among them; the canaries in each half; and in the second half, an incident: batches whose
 * Cabin has gone missing upstream.
 */
final class Script {
  private static final int[] SIZES = {1, 3, 1, 25, 3, 100, 1, 25};
  private static final int INCIDENT_EVERY = 1_000;
  private static final int INCIDENT_SIZE = 25;

  private final List<RawRecord> rows;
  private final RecordCodec codec;
  private final SplittableRandom random;
  private int next;
  private int batches;

  Script(List<RawRecord> rows, Domain domain, long seed) {
    this.rows = rows;
    this.codec = RecordCodec.of(domain);
    this.random = new SplittableRandom(seed);
  }

  /** A half: the canaries one by one, then batches until {@code records} valid ones are sent. */
  List<Shipment> half(int records, List<RawRecord> canaries, boolean withIncident) {
    List<Shipment> half = new ArrayList<>();
    int sent = 0;
    for (RawRecord canary : canaries.subList(0, Math.min(canaries.size(), records))) {
      half.add(new Shipment(OutgoingBatch.alone(List.of(avro(canary))), 1));
      sent++;
    }
    int incidents = 0;
    while (sent < records) {
      boolean incident = withIncident
          && records - sent >= INCIDENT_SIZE
          && sent >= incidents * INCIDENT_EVERY + canaries.size();
      int size = incident ? INCIDENT_SIZE : SIZES[batches % SIZES.length];
      size = Math.min(size, records - sent);
      half.add(incident ? incident(size) : batch(size));
      incidents += incident ? 1 : 0;
      sent += size;
    }
    return half;
  }

  private Shipment batch(int size) {
    int number = batches++;
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(random.nextInt(4) == 0 ? json(row(), Set.of()) : avro(row()));
    }
    if (number % 11 == 7) {
      values.add(random.nextInt(values.size() + 1), poison(number));
    }
    if (values.size() == 1) {
      return new Shipment(OutgoingBatch.alone(values), size);
    }
    return new Shipment(closed("batch-" + number, values, number), size);
  }

  /** Most batches announce their size; some end with a marker, a few say nothing. */
  private static OutgoingBatch closed(String id, List<byte[]> values, int number) {
    if (number % 20 == 13) {
      return new OutgoingBatch(Optional.of(id), OptionalInt.empty(), values, false);
    }
    return number % 5 == 4 ? OutgoingBatch.marked(id, values) : OutgoingBatch.whole(id, values);
  }

  private Shipment incident(int size) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(json(row(), Set.of("Cabin")));
    }
    return new Shipment(OutgoingBatch.whole("incident-" + batches++, values), size);
  }

  private RawRecord row() {
    return rows.get(next++ % rows.size());
  }

  private byte[] poison(int number) {
    return switch (number % 3) {
      case 0 -> new byte[] {0, 1, 2, (byte) 0xff};
      case 1 ->
        String.format(
                Locale.ROOT, "{\"PassengerId\":\"poison-%d\",\"Age\":\"old\",\"Spa\":-7}", number)
            .getBytes(StandardCharsets.UTF_8);
      default -> "{\"Age\":30,\"HomePlanet\":\"Earth\"}".getBytes(StandardCharsets.UTF_8);
    };
  }

  private byte[] avro(RawRecord row) {
    return codec.encode(PassengerRecord.getClassSchema(), values(row, Set.of()), imputed(row));
  }

  private byte[] json(RawRecord row, Set<String> lost) {
    return codec.encodeJson(values(row, lost), imputed(row));
  }

  private static Map<String, Object> values(RawRecord row, Set<String> lost) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Field> fields = row.domain().fields();
    for (int f = 0; f < fields.size(); f++) {
      Field field = fields.get(f);
      if (field.role() != Role.LABEL && !lost.contains(field.name())) {
        row.received(f).ifPresent(value -> values.put(field.name(), value));
      }
    }
    return values;
  }

  private static List<String> imputed(RawRecord row) {
    List<String> names = new ArrayList<>();
    List<Field> fields = row.domain().fields();
    for (int f = 0; f < fields.size(); f++) {
      if ((row.imputedUpstream() >>> f & 1) != 0) {
        names.add(fields.get(f).name());
      }
    }
    return names;
  }
}
