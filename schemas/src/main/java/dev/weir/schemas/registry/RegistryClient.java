package dev.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.schemas.registry.RegistryCalls.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of a schema registry with Confluent's HTTP API: schemas by id, registered, looked up.
 * What it has learnt it remembers, for an id never changes its meaning. Threads may share it.
 *
 * <p>Every method throws {@link RegistryOutage} if no address answers within the settings' patience.
 */
public final class RegistryClient {
  /* A registry refuses cycles; a deeper nest than this is not one that somebody meant. */
  private static final int REFERENCE_DEPTH_MAX = 16;

  private final RegistryCalls calls;
  private final RecentlyUsed<Integer, Schema> schemas;
  private final RecentlyUsed<Registration, Integer> ids;

  private record Registration(String subject, Schema schema) {}

  /** A version of a subject's schema. */
  public record Version(String subject, int version, int id, Schema schema) {}

  public RegistryClient(RegistrySettings settings) {
    this(settings, Patience.Clock.SYSTEM);
  }

  RegistryClient(RegistrySettings settings, Patience.Clock clock) {
    this.calls = new RegistryCalls(settings, clock);
    this.schemas = new RecentlyUsed<>(settings.schemasMax());
    this.ids = new RecentlyUsed<>(settings.schemasMax());
  }

  /**
   * The Avro schema with an id.
   *
   * @throws UnknownSchema if the registry has none, or one that is no readable Avro schema
   */
  public Schema byId(int id) {
    Optional<Schema> known = schemas.find(id);
    if (known.isPresent()) {
      return known.get();
    }
    Question question = calls.question();
    JsonNode answer = question
        .get("/schemas/ids/" + id)
        .orElseThrow(() -> new UnknownSchema("the registry has no schema with id " + id));
    Schema schema = parse("schema " + id, answer, question);
    schemas.put(id, schema);
    return schema;
  }

  /**
   * The id of a schema under a subject, where it is registered now or was before.
   *
   * @throws IllegalArgumentException if the registry refuses it, for instance as incompatible
   */
  public int register(String subject, Schema schema) {
    return id(subject, schema, "/versions")
        .orElseThrow(() -> new RegistryOutage("the registry has no place for subject " + subject));
  }

  /** The id of a schema under a subject; empty where it is not registered there. */
  public OptionalInt find(String subject, Schema schema) {
    return id(subject, schema, "").map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private Optional<Integer> id(String subject, Schema schema, String below) {
    Registration registration = new Registration(subject, schema);
    Optional<Integer> known = ids.find(registration);
    if (known.isPresent()) {
      return known;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    Optional<Integer> id = calls
        .question()
        .post(path(subject) + below, body)
        .map(answer -> answer.path("id").intValue());
    id.ifPresent(number -> ids.put(registration, number));
    return id;
  }

  /** The newest version of a subject; empty where there is no such subject. */
  public Optional<Version> latest(String subject) {
    Question question = calls.question();
    return question
        .get(path(subject) + "/versions/latest")
        .map(answer -> new Version(
            subject,
            answer.path("version").intValue(),
            answer.path("id").intValue(),
            parse("subject " + subject, answer, question)));
  }

  private static Schema parse(String what, JsonNode answer, Question question) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchema(what + " is of type " + type + "; records are read by AVRO schemas");
    }
    try {
      // What a registry took, it is too late to find fault with.
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      parseReferences(what, answer, parser, question, 0);
      return parser.parse(answer.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw new UnknownSchema(what + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void parseReferences(
      String what, JsonNode answer, Schema.Parser parser, Question question, int depth) {
    if (depth > REFERENCE_DEPTH_MAX) {
      throw new UnknownSchema(
          what + " refers to schemas more than " + REFERENCE_DEPTH_MAX + " deep");
    }
    for (JsonNode reference : answer.path("references")) {
      if (parser.getTypes().containsKey(reference.path("name").asText())) {
        continue;
      }
      String subject = reference.path("subject").asText();
      JsonNode referred = question
          .get(path(subject) + "/versions/" + reference.path("version").asInt())
          .orElseThrow(() -> new UnknownSchema(
              what + " refers to subject " + subject + ", which the registry lacks"));
      parseReferences(what, referred, parser, question, depth + 1);
      parser.parse(referred.path("schema").asText());
    }
  }

  private static String path(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
