package dev.weir.lab.world;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows as RFC 4180, beside the target first. */
final class WorldCsv {
  private WorldCsv() {}

  static void write(Path file, List<String> header, Stream<List<String>> rows) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IllegalArgumentException("file " + file + " is a root directory; name a file");
    }
    Path part = Files.createTempFile(directory, "world", ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(part);
          CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
        printer.printRecord(header);
        Iterator<List<String>> each = rows.iterator();
        while (each.hasNext()) {
          printer.printRecord(each.next());
        }
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Six decimals by hand: Double.toString differs between JDK versions, and String.format is slow. */
  static String probability(double probability) {
    String millionths = Long.toString(Math.round(probability * 1e6));
    return "0." + "0".repeat(6 - millionths.length()) + millionths;
  }
}
