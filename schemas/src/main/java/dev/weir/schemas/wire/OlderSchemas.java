package dev.weir.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/** Schemas of earlier releases, by which old bytes are still read. */
final class OlderSchemas {
  private OlderSchemas() {}

  /** The first release's schema of a record. */
  static List<Schema> of(String name) {
    String file = name + "-1.avsc";
    try (InputStream in = OlderSchemas.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("this build lacks " + file);
      }
      return List.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
