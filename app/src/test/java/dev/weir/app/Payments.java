package dev.weir.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example of payments as it lies in the repository, and what tests make of it. */
final class Payments {
  private static final Path EXAMPLE = Path.of("..", "examples", "payments");
  static final Path DOMAIN = EXAMPLE.resolve("payments.yaml");
  static final Path POLICY = EXAMPLE.resolve("policy.yaml");
  static final Path DATA = EXAMPLE.resolve("payments.csv");
  static final Path MODEL = EXAMPLE.resolve("model.json");
  static final Path FEATURES = EXAMPLE.resolve("features.yaml");

  private Payments() {}

  /** The example's file up to some row. */
  static Path head(Path directory, int rows) {
    Path file = directory.resolve("head-" + rows + ".csv");
    return write(file, lines(DATA).subList(0, rows + 1));
  }

  /** The domain with the figures of a model elsewhere. */
  static Path externalDomain(Path directory, String figures) {
    String text = String.join("\n", lines(DOMAIN)) + "\n";
    String label = "  - {name: Fraud, kind: boolean, role: label}\n";
    return write(
        directory.resolve("payments-external.yaml"),
        List.of(text.replace(label, figures.indent(2) + label)));
  }

  /** Rows with one more column. */
  static Path withColumns(Path data, Path file, String names, List<String> cells) {
    List<String> lines = lines(data);
    List<String> wider = new ArrayList<>(List.of(lines.get(0) + "," + names));
    for (int i = 1; i < lines.size(); i++) {
      wider.add(lines.get(i) + "," + cells.get(i - 1));
    }
    return write(file, wider);
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
