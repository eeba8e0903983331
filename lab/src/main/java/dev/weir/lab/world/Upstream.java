package dev.weir.lab.world;

import java.util.ArrayList;
import java.util.List;

/** What becomes of a passenger on the way to us: cells get lost, and a few lost ones are filled in and marked. */
final class Upstream {
  private static final double LOST = 0.024;
  private static final double LOST_CHANNEL = 0.021;
  private static final double LEDGER_OUTAGE = 0.006;
  private static final double FILLED = 0.12;
  private static final double FILLED_LEDGER = 0.3;

  /** What upstream fills in, in the order of {@link Passenger#FIELDS}; empty where it leaves the gap. */
  private static final List<String> FILLINGS =
      List.of("Earth", "False", "", "TRAPPIST-1e", "27", "False", "0", "0", "0", "0", "0", "");

  private Upstream() {}

  /** The cells that arrive, in the order of {@link Passenger#FIELDS}, and the names of those that were filled in. */
  record Arrival(List<String> cells, List<String> imputed) {}

  static Arrival arrive(Traveller traveller, Draws draws) {
    String[] cells = cells(traveller);
    boolean outage = draws.chance(LEDGER_OUTAGE);
    boolean outageFilled = outage && draws.chance(FILLED_LEDGER);
    List<String> imputed = new ArrayList<>(0);
    for (int i = 0; i < cells.length; i++) {
      boolean channel = Passenger.CHANNELS.contains(Passenger.FIELDS.get(i));
      boolean inOutage = outage && channel;
      boolean lost = inOutage || draws.chance(channel ? LOST_CHANNEL : LOST);
      if (!lost) {
        continue;
      }
      boolean filled = inOutage ? outageFilled : draws.chance(FILLED);
      cells[i] = filled ? FILLINGS.get(i) : "";
      if (!cells[i].isEmpty()) {
        imputed.add(Passenger.FIELDS.get(i));
      }
    }
    return new Arrival(List.of(cells), List.copyOf(imputed));
  }

  private static String[] cells(Traveller traveller) {
    String[] cells = new String[Passenger.FIELDS.size()];
    int i = 0;
    cells[i++] = traveller.planet().cell;
    cells[i++] = truth(traveller.cryoSleep());
    cells[i++] = traveller.cabin().cell();
    cells[i++] = traveller.destination();
    cells[i++] = Integer.toString(traveller.person().age());
    cells[i++] = truth(traveller.person().vip());
    for (int spend : traveller.spends().channels()) {
      cells[i++] = spend == 0 ? "0" : Integer.toString(spend);
    }
    cells[i++] = traveller.person().name();
    if (i != cells.length) {
      throw new AssertionError("filled " + i + " cells of " + cells.length);
    }
    return cells;
  }

  private static String truth(boolean value) {
    return value ? "True" : "False";
  }
}
