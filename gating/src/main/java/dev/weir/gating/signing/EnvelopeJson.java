package dev.weir.gating.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An envelope as a JSON file, in DSSE's own form: {@code payloadType}, {@code payload} in Base64,
 * {@code signatures} of {@code keyid} and {@code sig}.
 */
public final class EnvelopeJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS = Set.of("payloadType", "payload", "signatures");

  private EnvelopeJson() {}

  /** The text of a file, with a line end. */
  public static String write(Envelope envelope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("payloadType", envelope.payloadType());
    json.put("payload", Base64.getEncoder().encodeToString(envelope.payload()));
    ArrayNode signatures = json.putArray("signatures");
    for (Envelope.Signature signature : envelope.signatures()) {
      signatures
          .addObject()
          .put("keyid", signature.keyId())
          .put("sig", Base64.getEncoder().encodeToString(signature.sig()));
    }
    return json.toPrettyString() + "\n";
  }

  /**
   * The envelope in a file's text.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Envelope read(String text) {
    JsonNode json = parsed(text);
    Set<String> fields = new TreeSet<>();
    json.fieldNames().forEachRemaining(fields::add);
    if (!fields.equals(FIELDS) || !json.get("signatures").isArray()) {
      throw new IllegalArgumentException("not an envelope: it needs exactly the fields "
          + new TreeSet<>(FIELDS) + ", found " + fields);
    }
    List<Envelope.Signature> signatures = new ArrayList<>();
    for (JsonNode signature : json.get("signatures")) {
      signatures.add(new Envelope.Signature(text(signature, "keyid"), base64(signature, "sig")));
    }
    return new Envelope(text(json, "payloadType"), base64(json, "payload"), signatures);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an envelope, nor any JSON", e);
    }
  }

  private static String text(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw new IllegalArgumentException("not an envelope: '" + field + "' must be text");
    }
    return json.get(field).textValue();
  }

  private static byte[] base64(JsonNode json, String field) {
    try {
      return Base64.getDecoder().decode(text(json, field));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an envelope: '" + field + "' must be Base64 text", e);
    }
  }
}
