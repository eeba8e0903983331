package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.avro.ActivationReport;
import dev.weir.schemas.avro.AlertEvent;
import dev.weir.schemas.avro.BatchHold;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.PassengerRecord;
import dev.weir.schemas.avro.ReleaseEnvelope;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.avro.ShadowDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that was ever released must stay readable. */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/test/resources/released");
  private static final List<Schema> CURRENT = List.of(
      PassengerRecord.getClassSchema(),
      Decision.getClassSchema(),
      BatchHold.getClassSchema(),
      ReleaseEnvelope.getClassSchema(),
      ActivationReport.getClassSchema(),
      AlertEvent.getClassSchema(),
      ShadowDifference.getClassSchema());

  static List<Schema> current() {
    return CURRENT;
  }

  static List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(RELEASED)) {
      return versions.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void schema_current_readsEveryReleasedVersion(Schema current) throws IOException {
    for (Path version : versions()) {
      Path file = version.resolve(current.getName() + ".avsc");
      if (Files.exists(file)) {
        Schema released = new Schema.Parser().parse(Files.readString(file));
        var result = SchemaCompatibility.checkReaderWriterCompatibility(current, released);
        assertThat(result.getType())
            .as("%s reads %s: %s", current.getName(), version, result.getDescription())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void schema_current_isTheNewestReleaseOrOneIsDue(Schema current) throws IOException {
    Path newest = RELEASED.resolve("v2").resolve(current.getName() + ".avsc");

    assertThat(new Schema.Parser().parse(Files.readString(newest)))
        .as("%s differs from %s; see schemas/README.md, 'Changing a schema'", current, newest)
        .isEqualTo(current);
  }

  @ParameterizedTest
  @MethodSource("current")
  void schema_everyField_saysWhatItIs(Schema current) {
    requireDoc(current);
  }

  private static void requireDoc(Schema schema) {
    switch (schema.getType()) {
      case RECORD ->
        schema.getFields().forEach(field -> {
          assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
          requireDoc(field.schema());
        });
      case ENUM -> assertThat(schema.getEnumDefault()).as(schema.getName()).isEqualTo("UNKNOWN");
      case ARRAY -> requireDoc(schema.getElementType());
      case UNION -> schema.getTypes().forEach(ReleasedSchemasTest::requireDoc);
      default -> {}
    }
  }

  private static byte[] sample(Path version, String name) throws IOException {
    String text = Files.readString(version.resolve(name + ".base64"));
    return Base64.getMimeDecoder().decode(text);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void decode_releasedDecision_hasItsValues(Path version) throws IOException {
    Decision found = new DecisionCodec().decode(sample(version, "Decision"));

    assertThat(found.getRecordId()).isEqualTo("0001_01");
    assertThat(found.getRoute()).isEqualTo(Route.PRIORITY_AUDIT);
    assertThat(found.getCaps().getPCapped()).isEqualTo(0.1824);
    assertThat(found.getRelease().getEpoch()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void input_releasedDecision_isThatOfTheWholeDecision(Path version) throws IOException {
    DecisionCodec codec = new DecisionCodec();
    byte[] sample = sample(version, "Decision");

    assertThat(codec.input(sample)).isEqualTo(DecisionInput.of(codec.decode(sample)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void decode_releasedRecord_hasItsValues(Path version) throws IOException {
    assertThat(RecordCodec.of(Passengers.DOMAIN).decode(sample(version, "PassengerRecord")))
        .isInstanceOfSatisfying(
            dev.weir.model.domain.RawRecord.class,
            record -> assertThat(record.id()).isEqualTo("0001_01"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void decode_releasedHold_hasItsValues(Path version) throws IOException {
    assertThat(new HoldCodec().decode(sample(version, "BatchHold")).getBatch().getId())
        .isEqualTo("flight-7");
  }

  @Test
  void enum_symbolOfANewerWriter_readsAsUnknown() {
    String newer = Route.SCHEMA$.toString().replace("\"HELD\"", "\"HELD\",\"PARKED\"");

    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(
                Route.SCHEMA$, new Schema.Parser().parse(newer))
            .getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }
}
