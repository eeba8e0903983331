package dev.weir.gating;

import static dev.weir.gating.TinyBundle.passenger;

import dev.weir.gating.gate.Batch;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Batches of the tiny bundle's passengers as a seed gives them. */
public final class TinyBatches {
  private TinyBatches() {}

  /** One to twelve passengers and at most one invalid record. */
  public static Batch of(long seed) {
    Random random = new Random(seed);
    return TinyGate.batch(passengers(random, 1 + random.nextInt(12)), random.nextInt(2));
  }

  /** So many passengers, of which a share of the batch's own lacks the cabin. */
  public static List<RawRecord> passengers(Random random, int size) {
    double wave = random.nextDouble();
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> values = new HashMap<>();
      values.put("CryoSleep", random.nextBoolean());
      values.put("Spa", random.nextInt(4) * 60.0);
      if (random.nextDouble() < wave) {
        values.put("Cabin", null);
      }
      if (random.nextInt(6) == 0) {
        values.put("HomePlanet", "Pluto");
      }
      records.add(passenger("r" + i, values));
    }
    return records;
  }
}
