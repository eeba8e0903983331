package dev.weir.schemas.wire;

import dev.weir.schemas.avro.PassengerRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** Writes the current schemas and samples of them as a release's; see schemas/README.md. */
final class ReleaseWriter {
  private ReleaseWriter() {}

  /** Writes into the folder that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Schema schema : ReleasedSchemasTest.current()) {
      Files.writeString(
          folder.resolve(schema.getName() + ".avsc"),
          SchemaFormatter.format("json/pretty", schema) + "\n");
    }
    sample(
        folder,
        "PassengerRecord",
        RecordCodec.of(Passengers.DOMAIN)
            .encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of("Age")));
    sample(
        folder,
        "Decision",
        new DecisionCodec().encode(Decisions.sealed(Decisions.capped())).get(0));
    sample(folder, "BatchHold", new HoldCodec().encode(Decisions.hold()));
  }

  private static void sample(Path folder, String name, byte[] bytes) throws IOException {
    String text =
        Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(folder.resolve(name + ".base64"), text + "\n");
  }
}
