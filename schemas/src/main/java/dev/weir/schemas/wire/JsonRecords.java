package dev.weir.schemas.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RecordParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One domain's records as JSON objects in UTF-8, their values read as they come, without a tree of the whole. */
final class JsonRecords {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      .build();

  private final Domain domain;
  private final RecordParser fields;

  /** @param fields of the domain, what its values are given to */
  JsonRecords(Domain domain, RecordParser fields) {
    this.domain = domain;
    this.fields = fields;
  }

  static boolean looksLikeOne(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '{';
      }
    }
    return false;
  }

  /**
   * The record in an object, or everything the domain finds wrong with it.
   *
   * @throws UndecodableRecord if it is no object
   */
  Parsed read(byte[] bytes) {
    @Nullable Object[] values = new Object[domain.fields().size()];
    List<String> imputed = List.of();
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        OptionalInt field = domain.fieldIndex(name);
        if (field.isPresent()) {
          values[field.getAsInt()] = value(parser, token);
        } else if (name.equals(RecordCodec.IMPUTED)) {
          imputed = imputed(JSON.readTree(parser));
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new UndecodableRecord("a JSON object with a mistake: something follows it");
      }
      return fields.typed(values, imputed);
    } catch (JsonProcessingException e) {
      throw new UndecodableRecord("a JSON object with a mistake: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UndecodableRecord("a JSON object with a mistake: " + e.getMessage(), e);
    }
  }

  /* As RawJson.value of its node. */
  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> JSON.<JsonNode>readTree(parser);
    };
  }

  /* Whatever is no name stays in the list, so that the parser calls the record invalid. */
  private static List<String> imputed(JsonNode names) {
    if (names.isMissingNode() || names.isNull()) {
      return List.of();
    }
    if (names.isTextual()) {
      return RecordParser.imputedNames(names.textValue());
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
