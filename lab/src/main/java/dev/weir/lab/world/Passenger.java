package dev.weir.lab.world;

import java.util.List;

/**
 * One row of the world: the observed cells as a CSV file has them (empty = missing), and what only we know.
 *
 * @param id {@code gggg_pp}: travel group and place in it, both from 1
 * @param cells one cell per field, in the order of {@link #FIELDS}; whole numbers without decimals, True or False
 * @param imputed the fields whose cell upstream filled in, in the order of {@link #FIELDS}
 * @param transported the label, drawn with {@code trueProbability}
 * @param trueProbability P(transported) given the complete latent record, in (0, 1), a whole number of millionths
 */
public record Passenger(
    String id,
    List<String> cells,
    List<String> imputed,
    boolean transported,
    double trueProbability) {
  /** The channels, in the order of the columns. */
  public static final List<String> CHANNELS =
      List.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck");

  /** The observed fields, in the order of the columns. */
  public static final List<String> FIELDS = List.of(
      "HomePlanet",
      "CryoSleep",
      "Cabin",
      "Destination",
      "Age",
      "VIP",
      "RoomService",
      "FoodCourt",
      "ShoppingMall",
      "Spa",
      "VRDeck",
      "Name");

  public Passenger {
    cells = List.copyOf(cells);
    imputed = List.copyOf(imputed);
    if (cells.size() != FIELDS.size()) {
      throw new IllegalArgumentException("passenger " + id + " has " + cells.size() + " cells, not "
          + FIELDS.size() + "; give one per field");
    }
    if (!FIELDS.containsAll(imputed)) {
      throw new IllegalArgumentException(
          "passenger " + id + " has imputed fields " + imputed + "; only " + FIELDS + " exist");
    }
    if (!(trueProbability > 0 && trueProbability < 1)) {
      throw new IllegalArgumentException(
          "passenger " + id + " has trueProbability " + trueProbability + ", outside (0, 1)");
    }
  }

  /** The cell of a field; empty = missing. */
  public String cell(String field) {
    int index = FIELDS.indexOf(field);
    if (index < 0) {
      throw new IllegalArgumentException("no field " + field + "; there are " + FIELDS);
    }
    return cells.get(index);
  }
}
