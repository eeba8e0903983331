package dev.weir.gating.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.Document;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A policy as it was written, and as it was understood.
 *
 * @param json the file's content as JSON, which an envelope carries
 * @param fingerprint SHA-256 of the content's canonical JSON (RFC 8785)
 */
public record PolicyFile(JsonNode json, Policy policy, Fingerprint fingerprint) {
  /** The names of the policies that come with Weir, each {@code domain/policy}. */
  public static final List<String> SHIPPED =
      List.of("passenger/hotfix", "passenger/steady", "passenger/baseline", "passenger/guarded");

  /** The schema's file name; the number is {@link Policy#SEMANTICS}. */
  private static final String SCHEMA = "policy-1.schema.json";

  private static final ObjectMapper YAML = new YAMLMapper();

  /**
   * Reads a policy written in YAML or JSON for a domain.
   *
   * @param file the name that messages give the text
   * @throws dev.weir.model.document.InvalidDocument with every mistake, each with its place
   */
  public static PolicyFile read(String file, String text, DomainDefinition definition) {
    Policy policy =
        Document.read(file, text, section -> new PolicyReader(section, definition).read());
    try {
      JsonNode json = YAML.readTree(text);
      return new PolicyFile(json, policy, Fingerprint.of(CanonicalJson.of(json)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a text that was read once cannot be read again", e);
    }
  }

  /** The text of a policy that comes with Weir. */
  public static String shippedText(String name) {
    if (!SHIPPED.contains(name)) {
      throw new IllegalArgumentException(
          "no policy '" + name + "' comes with Weir; shipped: " + SHIPPED + ", or name a file");
    }
    return resource(name.replace('/', '-') + ".yaml");
  }

  /** The JSON Schema of policy files, for editors; what is read here is what it allows. */
  public static String schemaText() {
    return resource(SCHEMA);
  }

  private static String resource(String name) {
    try (InputStream in = PolicyFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("this build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
