package dev.weir.gating.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.signing.Envelope;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an envelope says.
 *
 * @param effectiveFrom epoch milliseconds, inclusive
 * @param expires epoch milliseconds, exclusive; empty for never
 * @param bundle the bundle that the policy runs with
 * @param policy the policy's content as JSON
 */
public record ReleasePayload(
    String scope,
    String version,
    long epoch,
    long effectiveFrom,
    OptionalLong expires,
    Fingerprint bundle,
    JsonNode policy) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("scope", "version", "epoch", "effectiveFrom", "expires", "bundle", "policy");

  /* Canonical JSON writes numbers as doubles, which hold whole numbers up to here exactly. */
  private static final long WHOLE_MAX = 1L << 53;

  /** No release has a higher epoch. */
  public static final long EPOCH_MAX = WHOLE_MAX;

  public ReleasePayload {
    requireWhole("epoch", epoch);
    requireWhole("effectiveFrom", effectiveFrom);
    expires.ifPresent(time -> requireWhole("expires", time));
  }

  private static void requireWhole(String field, long value) {
    if (value < 0 || value > WHOLE_MAX) {
      throw new IllegalArgumentException(field + " " + value + " is outside [0, 2^53]");
    }
  }

  /**
   * The release, compiled.
   *
   * @param with the bundle that it names
   * @throws IllegalArgumentException if the policy is wrong, of another scope, or needs what the bundle
   *     or the secrets cannot give
   */
  public Release release(Bundle with, Secrets secrets) {
    if (!with.fingerprint().equals(bundle)) {
      throw new IllegalArgumentException(
          "the release runs with bundle " + bundle + ", not with " + with.fingerprint());
    }
    PolicyFile file = PolicyFile.read("policy", CanonicalJson.of(policy), with.definition());
    if (!file.policy().scope().equals(scope)) {
      throw new IllegalArgumentException("the policy's scope '" + file.policy().scope()
          + "' is not the envelope's, '" + scope + "'");
    }
    return new Release(
        scope,
        version,
        epoch,
        effectiveFrom,
        expires,
        file.fingerprint(),
        new Gate(file.policy(), with, secrets));
  }

  /** In an envelope that nobody has signed. */
  public Envelope unsigned(Purpose purpose) {
    return Envelope.unsigned(purpose.payloadType(), bytes());
  }

  /** The same release as another epoch, which is over at a moment. */
  public ReleasePayload ended(long newEpoch, long at) {
    return new ReleasePayload(
        scope, version, newEpoch, effectiveFrom, OptionalLong.of(at), bundle, policy);
  }

  /** Canonical JSON (RFC 8785), UTF-8. */
  public byte[] bytes() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scope", scope);
    json.put("version", version);
    json.put("epoch", epoch);
    json.put("effectiveFrom", effectiveFrom);
    if (expires.isPresent()) {
      json.put("expires", expires.getAsLong());
    } else {
      json.putNull("expires");
    }
    json.put("bundle", bundle.hex());
    json.set("policy", policy);
    return CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public static ReleasePayload read(byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("the payload is not JSON: " + e.getMessage(), e);
    }
    Set<String> fields = new TreeSet<>();
    json.fieldNames().forEachRemaining(fields::add);
    if (!json.isObject()) {
      throw new IllegalArgumentException("the payload must be one JSON object");
    }
    for (String field : new TreeSet<>(FIELDS)) {
      require(fields.contains(field), "'" + field + "' is missing from the payload");
    }
    for (String field : fields) {
      require(FIELDS.contains(field), "'" + field + "' is not known in a payload");
    }
    // One text for one meaning: no key given twice, nothing after the object.
    require(
        Arrays.equals(bytes, CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8)),
        "the payload is not canonical JSON (RFC 8785)");
    return new ReleasePayload(
        text(json, "scope"),
        text(json, "version"),
        whole(json, "epoch"),
        whole(json, "effectiveFrom"),
        json.get("expires").isNull()
            ? OptionalLong.empty()
            : OptionalLong.of(whole(json, "expires")),
        bundle(json),
        json.get("policy"));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  private static Fingerprint bundle(JsonNode json) {
    try {
      return Fingerprint.ofHex(text(json, "bundle"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("bundle: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode json, String field) {
    if (!json.get(field).isTextual()) {
      throw new IllegalArgumentException(field + " must be text, found " + json.get(field));
    }
    return json.get(field).textValue();
  }

  private static long whole(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field + " must be a whole number, found " + value);
    }
    return value.longValue();
  }
}
