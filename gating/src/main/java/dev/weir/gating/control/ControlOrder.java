package dev.weir.gating.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.signing.Envelope;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An order to a running gate: it tightens, or it lifts an earlier order of its kind (gate.md §11).
 *
 * @param scope the gate it is for
 * @param sequence rises strictly per scope and kind; an older order changes nothing
 * @param by who gives it, for people; who may is a matter of the signature
 * @param issuedAt epoch milliseconds
 */
public record ControlOrder(String scope, Action action, long sequence, String by, long issuedAt) {
  /** What an envelope with an order says it has. */
  public static final String PAYLOAD_TYPE = "application/vnd.weir.control+json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("scope", "kind", "sequence", "active", "ids", "by", "issuedAt");

  /* Canonical JSON writes numbers as doubles, which hold whole numbers up to here exactly. */
  private static final long WHOLE_MAX = 1L << 53;

  /** The last sequence number there is: canonical JSON's largest whole number. */
  public static final long SEQUENCE_MAX = WHOLE_MAX;

  public ControlOrder {
    require(!scope.isBlank(), "scope is empty");
    require(
        sequence >= 0 && sequence <= SEQUENCE_MAX,
        "sequence " + sequence + " is outside [0, 2^53]");
    require(
        issuedAt >= 0 && issuedAt <= WHOLE_MAX, "issuedAt " + issuedAt + " is outside [0, 2^53]");
  }

  /** What an order does. There is none that makes a gate accept what its policy would not. */
  public sealed interface Action {
    /** The kind's name, by which an order replaces an older one. */
    String kind();
  }

  /** Tightens. */
  public sealed interface Tighten extends Action {}

  /** An order that needs nothing but its kind. */
  public record Stop(Kind what) implements Tighten {
    @Override
    public String kind() {
      return what.name();
    }

    /** What is stopped. */
    public enum Kind {
      /** Nothing is accepted. */
      KILL_SWITCH,
      /** Nothing is accepted for a while. */
      PAUSE,
      /** No flip is accepted: too many were slow. */
      BREAKER,
      /** Nothing is accepted: the stream has drifted. */
      DRIFT
    }
  }

  /** These records are never accepted; whoever adds more names those before too. */
  public record AddCanaries(Set<String> ids) implements Tighten {
    /** The kind's name. */
    public static final String KIND = "CANARY_ADDED";

    /** How many there may be: every decision names those in force. */
    public static final int IDS_MAX = 100;

    /** The longest id, in characters. */
    public static final int ID_LENGTH_MAX = 256;

    /** @throws IllegalArgumentException if there are too many, or one is empty or too long */
    public AddCanaries {
      ids = Set.copyOf(ids);
      require(
          ids.size() <= IDS_MAX,
          ids.size() + " canaries, limit " + IDS_MAX
              + ", those in force among them; name more in a policy's canaries.ids");
      for (String id : ids) {
        require(
            !id.isEmpty() && id.length() <= ID_LENGTH_MAX,
            "a canary's id has " + id.length() + " characters, outside [1, " + ID_LENGTH_MAX + "]");
      }
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /** What this version does not know or cannot follow. It can only tighten: so nothing is accepted. */
  public record Unknown(String kind) implements Tighten {}

  /** Ends an earlier order of a kind; the one action that needs an operator. */
  public record Lift(String kind) implements Action {}

  /** What it is about: of all orders with the same, the one with the highest sequence counts. */
  public String about() {
    return scope + "/" + action.kind();
  }

  /** Its key in the control topic, which no other order has. */
  public String key() {
    return about() + "/" + sequence;
  }

  /** The order in an envelope that nobody has signed. */
  public Envelope unsigned() {
    return Envelope.unsigned(PAYLOAD_TYPE, bytes());
  }

  private byte[] bytes() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scope", scope);
    json.put("kind", action.kind());
    json.put("sequence", sequence);
    json.put("active", action instanceof Tighten);
    ArrayNode ids = json.putArray("ids");
    if (action instanceof AddCanaries canaries) {
      new TreeSet<>(canaries.ids()).forEach(ids::add);
    }
    json.put("by", by);
    json.put("issuedAt", issuedAt);
    return CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The order that an envelope carries, whoever signed it.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static ControlOrder read(Envelope envelope) {
    require(
        envelope.payloadType().equals(PAYLOAD_TYPE),
        "payload type '" + envelope.payloadType() + "' is not " + PAYLOAD_TYPE);
    JsonNode json = parsed(envelope.payload());
    Set<String> fields = new TreeSet<>();
    json.fieldNames().forEachRemaining(fields::add);
    require(
        fields.equals(FIELDS),
        "an order needs exactly the fields " + new TreeSet<>(FIELDS) + ", found " + fields);
    require(
        Arrays.equals(envelope.payload(), CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8)),
        "the order is not canonical JSON (RFC 8785)");
    require(json.get("active").isBoolean(), "active must be true or false");
    return new ControlOrder(
        text(json, "scope"),
        action(text(json, "kind"), json.get("active").booleanValue(), ids(json)),
        whole(json, "sequence"),
        text(json, "by"),
        whole(json, "issuedAt"));
  }

  private static Action action(String kind, boolean active, List<String> ids) {
    if (!active) {
      return new Lift(kind);
    }
    if (kind.equals(AddCanaries.KIND)) {
      return canaries(Set.copyOf(new TreeSet<>(ids)));
    }
    Optional<Stop.Kind> known = Arrays.stream(Stop.Kind.values())
        .filter(stop -> stop.name().equals(kind))
        .findFirst();
    return known.<Action>map(Stop::new).orElse(new Unknown(kind));
  }

  /* More than can be named are still not accepted: nothing is, as under any order that cannot be followed. */
  private static Action canaries(Set<String> ids) {
    try {
      return new AddCanaries(ids);
    } catch (IllegalArgumentException tooMuch) {
      return new Unknown(AddCanaries.KIND);
    }
  }

  private static JsonNode parsed(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException e) {
      throw new IllegalArgumentException("the order is not JSON: " + e.getMessage(), e);
    }
  }

  private static List<String> ids(JsonNode json) {
    List<String> ids = new ArrayList<>();
    require(json.get("ids").isArray(), "ids must be a list of texts");
    for (JsonNode id : json.get("ids")) {
      require(id.isTextual(), "ids must be a list of texts");
      ids.add(id.textValue());
    }
    return ids;
  }

  private static String text(JsonNode json, String field) {
    require(json.get(field).isTextual(), field + " must be text, found " + json.get(field));
    return json.get(field).textValue();
  }

  private static long whole(JsonNode json, String field) {
    JsonNode value = json.get(field);
    require(
        value.isIntegralNumber() && value.canConvertToLong(),
        field + " must be a whole number, found " + value);
    return value.longValue();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
