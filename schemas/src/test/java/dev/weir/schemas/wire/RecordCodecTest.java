package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.avro.PassengerRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private final RecordCodec codec = RecordCodec.of(Passengers.DOMAIN);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void requireSame(Parsed found) {
    RawRecord expected = Passengers.record();
    assertThat(found).isInstanceOf(RawRecord.class);
    RawRecord record = (RawRecord) found;
    assertThat(record.id()).isEqualTo(expected.id());
    assertThat(record.present()).isEqualTo(expected.present());
    assertThat(record.imputedUpstream()).isEqualTo(expected.imputedUpstream());
    for (int f = 0; f < Passengers.DOMAIN.fields().size(); f++) {
      assertThat(record.received(f)).isEqualTo(expected.received(f));
    }
  }

  @Test
  void decode_ownAvro_isWhatWasSent() {
    byte[] sent =
        codec.encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of("Age"));

    System.out.println("passenger record: " + sent.length + " bytes Avro, "
        + codec.encodeJson(Passengers.values(), List.of("Age")).length + " bytes JSON");
    requireSame(codec.decode(sent));
  }

  @Test
  void decode_generatedClass_isWhatWasSent() throws Exception {
    PassengerRecord passenger = PassengerRecord.newBuilder()
        .setPassengerId("0002_01")
        .setAge(24.0)
        .setImputed(List.of("Age"))
        .build();
    var encoded = PassengerRecord.getEncoder().encode(passenger);
    byte[] sent = new byte[encoded.remaining()];
    encoded.get(sent);

    RawRecord found = (RawRecord) codec.decode(sent);

    assertThat(found.id()).isEqualTo("0002_01");
    assertThat(Long.bitCount(found.imputedUpstream())).isEqualTo(1);
  }

  @Test
  void decode_ownJson_isWhatWasSent() {
    requireSame(codec.decode(codec.encodeJson(Passengers.values(), List.of("Age"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"Age\", \"VIP\"]",
        "\"Age|VIP\"",
        "\" Age | VIP \"",
        "\"|Age||VIP|\"",
      })
  void decode_jsonImputed_takesListAndText(String imputed) {
    RawRecord found = (RawRecord) codec.decode(bytes(
        " \n{\"PassengerId\": \"1\", \"Age\": 3, \"VIP\": true, \"imputed\": " + imputed + "}"));

    assertThat(Long.bitCount(found.imputedUpstream())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"\""})
  void decode_jsonNothingImputed_isValid(String imputed) {
    assertThat(codec.decode(bytes("{\"PassengerId\": \"1\", \"imputed\": " + imputed + "}")))
        .isInstanceOf(RawRecord.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[\"Ages\"]", "\"Age|Ages\"", "5", "[5]", "{}", "[null]", "\"PassengerId\""})
  void decode_undeclaredImputedName_isInvalid(String imputed) {
    Parsed found = codec.decode(bytes("{\"PassengerId\": \"1\", \"imputed\": " + imputed + "}"));

    assertThat(found).isInstanceOf(Invalid.class);
    assertThat(((Invalid) found).id()).isEqualTo(Optional.of("1"));
    assertThat(((Invalid) found).reason()).contains("imputed");
  }

  @Test
  void decode_undeclaredImputedNameInAvro_isInvalid() {
    byte[] sent =
        codec.encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of("Shoe"));

    assertThat(((Invalid) codec.decode(sent)).reason()).contains("imputed 'Shoe'");
  }

  @ParameterizedTest
  @CsvSource({"Age|VIP, 2", "' Age | VIP ', 2", "|Age||VIP|, 2", "'', 0"})
  void parse_avroImputedAsText_takesItsNames(String imputed, int count) {
    RawRecord found = (RawRecord) codec.parse(marked(imputed));

    assertThat(Long.bitCount(found.imputedUpstream())).isEqualTo(count);
  }

  @Test
  void parse_avroImputedThatIsNoName_isInvalid() {
    assertThat(((Invalid) codec.parse(marked("Shoe"))).reason()).contains("imputed 'Shoe'");
  }

  /** A record of a writer whose schema has upstream's marks as one text. */
  private static Payload marked(String imputed) {
    Schema schema = SchemaBuilder.record("Joined")
        .fields()
        .requiredString("PassengerId")
        .requiredDouble("Age")
        .requiredBoolean("VIP")
        .optionalString("imputed")
        .endRecord();
    GenericRecord record = new GenericData.Record(schema);
    record.put("PassengerId", "1");
    record.put("Age", 3.0);
    record.put("VIP", true);
    record.put("imputed", new Utf8(imputed));
    return new Payload.Registered(record);
  }

  @Test
  void parse_valueOfNoneOfItsBranches_isUndecodable() {
    Schema schema = SchemaBuilder.record("Odd")
        .fields()
        .requiredString("PassengerId")
        .optionalString("Age")
        .endRecord();
    GenericRecord record = new GenericData.Record(schema);
    record.put("PassengerId", "1");
    record.put("Age", 3.0);

    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> codec.parse(new Payload.Registered(record)))
        .withMessageContaining("cannot be read")
        .withMessageContaining("UnresolvedUnionException");
  }

  @Test
  void decode_valuesTheDomainRefuses_namesEveryOne() {
    Invalid found = (Invalid) codec.decode(
        bytes("{\"Age\": \"old\", \"Spa\": -1, \"VRDeck\": 1e999, \"HomePlanet\": {\"a\": 1}}"));

    assertThat(found.violations())
        .extracting(Invalid.Violation::field)
        .containsExactlyInAnyOrder("Age", "Spa", "VRDeck", "HomePlanet", "PassengerId");
  }

  @Test
  void decode_null_isUndecodable() {
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> codec.decode(null))
        .withMessage("the value is null, not a record");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "PassengerId,Age",
        "[]",
        "[{\"PassengerId\": \"1\"}]",
        "{",
        "{\"PassengerId\": \"1\"} x",
        "{\"PassengerId\": \"1\"}{}",
        "{\"PassengerId\": \"1\", \"PassengerId\": \"2\"}",
        "{\"PassengerId\": \"1\", \"Other\": {\"a\": 1, \"a\": 2}}",
        "{\"PassengerId\": \"1\", \"Age\": NaN}",
      })
  void decode_neitherAvroNorJson_isUndecodableInOneLine(String value) {
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> codec.decode(bytes(value)))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void decode_unknownFingerprint_namesIt() {
    Schema other =
        SchemaBuilder.record("Other").fields().requiredString("PassengerId").endRecord();
    byte[] sent = codec.encode(other, Map.of("PassengerId", "1"), List.of());

    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> codec.decode(sent))
        .withMessageContaining(
            String.format(Locale.ROOT, "%016x", SingleObject.fingerprint(other)));
  }

  @Test
  void decode_trailingByte_isUndecodable() {
    byte[] sent = codec.encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of());

    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> codec.decode(Arrays.copyOf(sent, sent.length + 1)))
        .withMessageContaining("followed by more bytes");
  }

  @Test
  void decode_cutAnywhere_isUndecodable() {
    byte[] sent = codec.encode(PassengerRecord.getClassSchema(), Passengers.values(), List.of());

    for (int length = 0; length < sent.length; length++) {
      byte[] cut = Arrays.copyOf(sent, length);
      assertThatExceptionOfType(UndecodableRecord.class)
          .as("cut to %d bytes", length)
          .isThrownBy(() -> codec.decode(cut));
    }
  }

  @Test
  void decode_anotherSchemaOfTheDomain_mapsByName() {
    Schema schema = new Schema.Parser().parse("""
        {"type": "record", "name": "Boarding", "fields": [
          {"name": "PassengerId", "type": "long"},
          {"name": "Age", "type": "int"},
          {"name": "Spa", "type": "float"},
          {"name": "HomePlanet", "type": {"type": "enum", "name": "Planet", "symbols": ["Mars"]}},
          {"name": "Gate", "type": "string"}]}""");
    RecordCodec own = new RecordCodec(Passengers.DOMAIN, List.of(schema));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("PassengerId", 7L);
    values.put("Age", 3);
    values.put("Spa", 0.5);
    values.put(
        "HomePlanet",
        new org.apache.avro.generic.GenericData.EnumSymbol(
            schema.getField("HomePlanet").schema(), "Mars"));
    values.put("Gate", "A1");

    RawRecord found = (RawRecord) own.decode(own.encode(schema, values, List.of()));

    assertThat(found.id()).isEqualTo("7");
    assertThat(found.received(Passengers.DOMAIN.fieldIndex("Spa").orElseThrow()))
        .contains(0.5);
    assertThat(found.received(Passengers.DOMAIN.fieldIndex("HomePlanet").orElseThrow()))
        .contains("Mars");
  }

  @Test
  void codec_schemaWithoutId_isRefused() {
    Schema schema = SchemaBuilder.record("NoId").fields().requiredString("Id").endRecord();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordCodec(Passengers.DOMAIN, List.of(schema)))
        .withMessageContaining("PassengerId");
  }

  @Test
  void encode_valueWithoutPlace_namesIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(
            PassengerRecord.getClassSchema(),
            Map.of("PassengerId", "1", "Transported", true),
            List.of()))
        .withMessageContaining("'Transported'");
  }

  @Test
  void encode_valueOfAnotherType_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(
            PassengerRecord.getClassSchema(),
            Map.of("PassengerId", "1", "CryoSleep", "yes"),
            List.of()))
        .withMessageContaining("do not fit");
  }
}
