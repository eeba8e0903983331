package dev.weir.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decisions as {@code weir decide} writes them: one JSON object a line. */
final class DecisionFile {
  private DecisionFile() {}

  /**
   * All decisions, in the file's order.
   *
   * @throws IllegalArgumentException naming the line that is no decision
   */
  static List<ObjectNode> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no decisions file " + file);
    }
    ObjectMapper mapper = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
    List<ObjectNode> read = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        read.add(decision(mapper, lines.get(i), file + ":" + (i + 1)));
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return read;
  }

  private static ObjectNode decision(ObjectMapper mapper, String line, String place) {
    try {
      JsonNode json = mapper.readTree(line);
      if (json instanceof ObjectNode object && object.has("recordId")) {
        return object;
      }
      throw new IllegalArgumentException(place + ": not a decision");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(place + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
