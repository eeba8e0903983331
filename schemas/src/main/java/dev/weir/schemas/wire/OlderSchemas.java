package dev.weir.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/** Schemas of earlier releases, whose bytes are still read. */
final class OlderSchemas {
  private static final List<String> VERSIONS = List.of("v1");

  private OlderSchemas() {}

  /** Every older schema of a message. */
  static List<Schema> of(String message) {
    return VERSIONS.stream().map(version -> read(version, message)).toList();
  }

  private static Schema read(String version, String message) {
    String resource = "/dev/weir/schemas/" + version + "/" + message + ".avsc";
    try (InputStream schema = OlderSchemas.class.getResourceAsStream(resource)) {
      if (schema == null) {
        throw new AssertionError(resource + " is not in the jar");
      }
      return new Schema.Parser().parse(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
