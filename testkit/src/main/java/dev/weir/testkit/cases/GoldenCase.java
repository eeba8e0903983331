package dev.weir.testkit.cases;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One folder of {@code cases/}; its README tells the format.
 *
 * @param policy the text of {@code policy.yaml}
 * @param records the lines of {@code records.jsonl}
 * @param expected the lines of {@code expected.jsonl}; numbers keep the digits they were written with
 */
public record GoldenCase(
    String name, String policy, List<Received> records, List<JsonNode> expected) {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  public GoldenCase {
    records = List.copyOf(records);
    expected = List.copyOf(expected);
  }

  /**
   * A record as it is sent.
   *
   * @param batch its batch; empty for a record that is a batch of its own
   * @param value a JSON object, or a text that is sent as it stands
   */
  public record Received(String batch, JsonNode value) {
    /** What is sent. */
    public String text() {
      return value.isTextual() ? value.textValue() : value.toString();
    }
  }

  /** All cases of a folder, by name. */
  public static List<GoldenCase> in(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenCase read(Path folder) {
    try {
      return new GoldenCase(
          folder.getFileName().toString(),
          Files.readString(folder.resolve("policy.yaml")),
          lines(folder.resolve("records.jsonl")).stream()
              .map(line -> new Received(line.path("batch").asText(), line.path("record")))
              .toList(),
          lines(folder.resolve("expected.jsonl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(GoldenCase::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** The records by batch, in the order in which the batches end; singles under a name of their own. */
  public Map<String, List<Received>> batches() {
    Map<String, List<Received>> batches = new LinkedHashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Received record = records.get(i);
      String key = record.batch().isEmpty() ? "single " + i : record.batch();
      batches.computeIfAbsent(key, name -> new java.util.ArrayList<>()).add(record);
    }
    return batches;
  }

  @Override
  public String toString() {
    return name;
  }
}
