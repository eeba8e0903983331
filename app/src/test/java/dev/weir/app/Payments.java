package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example of payments as it lies in the repository, and what tests make of it. */
final class Payments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLE = Path.of("..", "examples", "payments");
  static final Path DOMAIN = EXAMPLE.resolve("payments.yaml");
  static final Path POLICY = EXAMPLE.resolve("policy.yaml");
  static final Path DATA = EXAMPLE.resolve("payments.csv");
  static final Path MODEL = EXAMPLE.resolve("model.json");
  static final Path FEATURES = EXAMPLE.resolve("features.yaml");

  /** Two trees of LightGBM: more than 5 spent online in 24 hours, and games or gift cards. */
  static final Path LIGHTGBM =
      Path.of("src", "test", "resources", "dev", "weir", "app", "payments-lightgbm.txt");

  private Payments() {}

  /** {@code weir bundle import} of trees that read the example's columns. */
  static Run imported(Object models, Path data, Path bundle) {
    return Run.of(
        "bundle",
        "import",
        "--domain",
        DOMAIN,
        "--model",
        models,
        "--features",
        FEATURES,
        "--data",
        data,
        "--out",
        bundle);
  }

  /** The same of a model whose probability the records bring. */
  static Run brought(Path domain, Path data, Path bundle) {
    return Run.of("bundle", "import", "--domain", domain, "--data", data, "--out", bundle);
  }

  /** Decides and verifies rows; the decisions, in a file beside the bundle too. */
  static List<JsonNode> decided(Path bundle, Path data) {
    Path out = bundle.resolveSibling(bundle.getFileName() + ".jsonl");
    Run decided = Run.of(
        "decide",
        "--bundle",
        bundle,
        "--policy",
        POLICY,
        "--data",
        data,
        "--batch-by",
        25,
        "--out",
        out);
    assertThat(decided.code()).as(decided.err()).isZero();
    Run verified = Run.of("verify", "--bundle", bundle, "--policy", POLICY, "--decisions", out);
    assertThat(verified.out()).contains("every one recomputed to the bit");
    assertThat(verified.code()).isZero();
    List<JsonNode> decisions = new ArrayList<>();
    for (String line : lines(out)) {
      decisions.add(json(line));
    }
    return decisions;
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isFraud(String line) {
    return line.split(",", -1)[17].equals("True");
  }

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
