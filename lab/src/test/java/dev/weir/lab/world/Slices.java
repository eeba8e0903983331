package dev.weir.lab.world;

import dev.weir.model.numeric.Quantiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slices of gate.md §3, written a second time and naively, with marks from the rows themselves. */
final class Slices {
  private final Map<String, Double> high = new HashMap<>();
  private final Map<String, Double> outlying = new HashMap<>();

  Slices(List<Passenger> rows) {
    for (String channel : Passenger.CHANNELS) {
      double[] positive = rows.stream()
          .filter(row -> observed(row, channel) && spend(row, channel) > 0)
          .mapToDouble(row -> spend(row, channel))
          .sorted()
          .toArray();
      high.put(channel, Quantiles.type7(positive, 0.95));
      outlying.put(channel, Quantiles.type7(positive, 0.995));
    }
  }

  static boolean observed(Passenger row, String field) {
    return !row.cell(field).isEmpty() && !row.imputed().contains(field);
  }

  static int sum(Passenger row) {
    return channels(row).stream().mapToInt(channel -> spend(row, channel)).sum();
  }

  boolean zeroSpendVector(Passenger row) {
    return !channels(row).isEmpty() && sum(row) == 0;
  }

  boolean cryoAllZero(Passenger row) {
    return observed(row, "CryoSleep")
        && row.cell("CryoSleep").equals("True")
        && zeroSpendVector(row);
  }

  boolean allSpendMissing(Passenger row) {
    return channels(row).isEmpty();
  }

  boolean allSpendImputedZero(Passenger row) {
    return row.imputed().containsAll(Passenger.CHANNELS)
        && Passenger.CHANNELS.stream().allMatch(channel -> spend(row, channel) == 0);
  }

  boolean missingContext(Passenger row) {
    return !observed(row, "CryoSleep") || !observed(row, "Cabin") || !observed(row, "HomePlanet");
  }

  boolean superDominant(Passenger row) {
    int largest =
        channels(row).stream().mapToInt(channel -> spend(row, channel)).max().orElse(0);
    return channels(row).size() >= 2 && sum(row) > 0 && largest >= 0.95 * sum(row);
  }

  boolean multiHighSpend(Passenger row) {
    return channels(row).stream()
            .filter(channel -> spend(row, channel) > high.get(channel))
            .count()
        >= 2;
  }

  boolean outlier(Passenger row) {
    return channels(row).stream().anyMatch(channel -> spend(row, channel) > outlying.get(channel));
  }

  private static List<String> channels(Passenger row) {
    return Passenger.CHANNELS.stream().filter(channel -> observed(row, channel)).toList();
  }

  private static int spend(Passenger row, String channel) {
    return Integer.parseInt(row.cell(channel));
  }
}
