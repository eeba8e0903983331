package dev.weir.lab.world;

import java.util.List;

/**
 * One card payment: the cells as a CSV file has them (empty = missing), and what only we know.
 *
 * @param id {@code P} and the payment's number in the order of time, from 1
 * @param cells one cell per field, in the order of {@link #FIELDS}
 * @param imputed the fields whose cell upstream filled in, in the order of {@link #FIELDS}
 * @param fraud the label, drawn with {@code trueProbability}
 * @param trueProbability P(fraud) given the payment as it was before anything got lost, in (0, 1), a whole number of
 *     millionths
 */
public record Payment(
    String id, List<String> cells, List<String> imputed, boolean fraud, double trueProbability) {
  /** What a card spent in the last 24 hours, by way, in the order of the columns. */
  public static final List<String> CHANNELS =
      List.of("Online24h", "InStore24h", "Travel24h", "Cash24h");

  /** The fields in the order of the columns. */
  public static final List<String> FIELDS = List.of(
      "Card",
      "Holder",
      "Time",
      "Amount",
      "Merchant",
      "MerchantKind",
      "Country",
      "Abroad",
      "Entry",
      "Device",
      "CardAgeDays",
      "Payments1h",
      "Online24h",
      "InStore24h",
      "Travel24h",
      "Cash24h");

  public Payment {
    cells = List.copyOf(cells);
    imputed = List.copyOf(imputed);
    if (cells.size() != FIELDS.size()) {
      throw new IllegalArgumentException(
          "payment " + id + " has " + cells.size() + " cells, not " + FIELDS.size());
    }
    if (!(trueProbability > 0 && trueProbability < 1)) {
      throw new IllegalArgumentException(
          "payment " + id + " has trueProbability " + trueProbability + ", outside (0, 1)");
    }
  }

  /** The cell of a field; empty = missing. */
  public String cell(String field) {
    return cells.get(FIELDS.indexOf(field));
  }
}
