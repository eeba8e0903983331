package dev.weir.schemas.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as JSON objects in UTF-8. */
final class JsonRecords {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private JsonRecords() {}

  static boolean looksLikeOne(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '{';
      }
    }
    return false;
  }

  static ReceivedValues read(byte[] bytes) {
    try {
      JsonNode object = JSON.readTree(bytes);
      return new ReceivedValues(
          name -> RawJson.value(object.path(name)), imputed(object.path(RecordCodec.IMPUTED)));
    } catch (JsonProcessingException e) {
      throw new UndecodableRecord("a JSON object with a mistake: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UndecodableRecord("a JSON object with a mistake: " + e.getMessage(), e);
    }
  }

  /* Whatever is no name stays in the list, so that the parser calls the record invalid. */
  private static List<String> imputed(JsonNode names) {
    if (names.isMissingNode() || names.isNull()) {
      return List.of();
    }
    if (names.isTextual()) {
      return ReceivedValues.names(names.textValue());
    }
    if (!names.isArray()) {
      return List.of(names.toString());
    }
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.add(name.isTextual() ? name.textValue() : name.toString()));
    return all;
  }

  static byte[] write(Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    ObjectNode object = JSON.createObjectNode();
    values.forEach((name, value) -> object.set(name, JSON.valueToTree(value)));
    if (!imputed.isEmpty()) {
      imputed.forEach(object.putArray(RecordCodec.IMPUTED)::add);
    }
    try {
      return JSON.writeValueAsBytes(object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
