package dev.weir.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.numeric.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of golden reference values, if the shared directory is there, and its arrays as Java arrays. */
public final class Golden {
  private Golden() {}

  /** The content of {@code golden/<name>}; prints one line saying whether it was found. */
  public static Optional<JsonNode> find(String name) {
    Optional<Path> file = Shared.find()
        .map(shared -> shared.resolve("golden").resolve(name))
        .filter(Files::isRegularFile);
    System.out.println(
        "golden " + name + ": " + file.map(path -> "used, " + path).orElse("not there, skipped"));
    return file.map(Golden::parse);
  }

  private static JsonNode parse(Path path) {
    try {
      return new ObjectMapper().readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An array of numbers; null inside it is NaN. */
  public static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).isNull() ? Double.NaN : array.get(i).doubleValue();
    }
    return values;
  }

  /** An array of arrays of numbers. */
  public static double[][] matrix(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = doubles(array.get(i));
    }
    return rows;
  }

  /** An array of 0 and 1. */
  public static boolean[] labels(JsonNode array) {
    boolean[] labels = new boolean[array.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = array.get(i).intValue() == 1;
    }
    return labels;
  }

  /** An array of weights, or ones for null. */
  public static double[] weights(JsonNode array, int rows) {
    return array.isNull() || array.isMissingNode() ? Weights.ones(rows) : doubles(array);
  }
}
