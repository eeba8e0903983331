package dev.weir.operations.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.Seal;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads decisions of JSON lines: of each what deciding it again needs, and whether the rest is null. A
 * tree of all of it takes longer than the decision.
 */
final class LineReader {
  private static final Set<String> NEEDED = Set.of(
      "recordId",
      "batchId",
      "batchPart",
      "batchSize",
      "rejectedInBatch",
      "batchTime",
      "closeReason",
      "source",
      "eventTime",
      "semantics",
      "engine",
      "raw",
      "masked",
      "imputation",
      "probability",
      "route",
      "reasons",
      "release",
      "controls",
      Seal.SEAL,
      Seal.BATCH_SEAL);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper STRICT = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private LineReader() {}

  /**
   * The decision in a line; empty where it is JSON, and none.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
   */
  static Optional<LoggedDecision.Line> read(byte[] line) throws IOException {
    try (JsonParser in = JSON.createParser(line)) {
      // Jackson passes over a byte order mark and reads UTF-16 too, which a line's seal does not.
      if (in.nextToken() != JsonToken.START_OBJECT || !beginsInUtf8(line)) {
        return Optional.empty();
      }
      ObjectNode json = NODES.objectNode();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        JsonToken value = in.nextToken();
        if (NEEDED.contains(name)) {
          json.set(name, node(in));
        } else if (value == JsonToken.VALUE_NULL) {
          json.putNull(name);
        } else {
          in.skipChildren();
        }
      }
      return in.nextToken() == null && json.has("recordId")
          ? Optional.of(new LoggedDecision.Line(line, json))
          : Optional.empty();
    }
  }

  private static boolean beginsInUtf8(byte[] line) {
    int at = 0;
    while (at < line.length && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
    return at + 1 < line.length && line[at] == '{' && line[at + 1] != 0;
  }

  private static JsonNode node(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
          in.nextToken();
          object.set(name, node(in));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          array.add(node(in));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(in.getText());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(in.getDoubleValue());
      case VALUE_NUMBER_INT ->
        in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            ? NODES.numberNode(in.getBigIntegerValue())
            : NODES.numberNode(in.getLongValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  /** All that a line says; empty where a name comes twice in one object, so that nobody knows. */
  static Optional<ObjectNode> whole(LoggedDecision.Line line) {
    try {
      return Optional.of((ObjectNode) STRICT.readTree(line.line()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
