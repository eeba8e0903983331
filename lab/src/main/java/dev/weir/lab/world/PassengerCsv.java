package dev.weir.lab.world;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes passengers as RFC 4180, beside the target first. */
final class PassengerCsv {
  private PassengerCsv() {}

  static void write(Path file, List<Passenger> rows) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IllegalArgumentException("file " + file + " is a root directory; name a file");
    }
    Path part = Files.createTempFile(directory, "passengers", ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(part);
          CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
        printer.printRecord(header());
        for (Passenger row : rows) {
          printer.printRecord(cells(row));
        }
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
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
    cells.add(decimal(row.trueProbability()));
    return cells;
  }

  /** Six decimals by hand: Double.toString differs between JDK versions, and String.format is slow. */
  private static String decimal(double probability) {
    String millionths = Long.toString(Math.round(probability * 1e6));
    return "0." + "0".repeat(6 - millionths.length()) + millionths;
  }
}
