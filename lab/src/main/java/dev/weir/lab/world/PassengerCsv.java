package dev.weir.lab.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A passenger as a row. */
final class PassengerCsv {
  private PassengerCsv() {}

  static void write(Path file, Stream<Passenger> rows) throws IOException {
    WorldCsv.write(file, header(), rows.map(PassengerCsv::cells));
  }

  static List<String> header() {
    List<String> header = new ArrayList<>();
    header.add("PassengerId");
    header.addAll(Passenger.FIELDS);
    header.addAll(List.of("Transported", "imputed", "true_probability"));
    return header;
  }

  private static List<String> cells(Passenger row) {
    List<String> cells = new ArrayList<>(row.cells().size() + 4);
    cells.add(row.id());
    cells.addAll(row.cells());
    cells.add(row.transported() ? "True" : "False");
    cells.add(String.join("|", row.imputed()));
    cells.add(WorldCsv.probability(row.trueProbability()));
    return cells;
  }
}
