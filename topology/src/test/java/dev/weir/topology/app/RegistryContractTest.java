package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryClient;
import dev.weir.schemas.registry.RegistryDeserializer;
import dev.weir.schemas.registry.RegistryOutage;
import dev.weir.schemas.registry.RegistrySerializer;
import dev.weir.schemas.registry.RegistrySettings;
import dev.weir.schemas.registry.SubjectNaming;
import dev.weir.schemas.registry.UnknownSchema;
import dev.weir.schemas.registry.WireFormat;
import dev.weir.schemas.wire.Payload;
import dev.weir.testkit.broker.Ports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our registry client against a real registry, and beside Confluent's own client on the same one. */
@Timeout(180)
class RegistryContractTest {
  private static final String URL = SharedRegistry.REGISTRY.url();
  private static final Map<String, Object> PROPERTIES = Map.of(RegistrySettings.URL, URL);
  private static final String FIRST = """
      {"type":"record","name":"Ride","namespace":"shop","fields":[
      {"name":"id","type":"string"},{"name":"km","type":["null","double"],"default":null}]}""";
  private static final String EVOLVED = """
      {"type":"record","name":"Ride","namespace":"shop","fields":[
      {"name":"id","type":"string"},{"name":"seats","type":"int","default":1},
      {"name":"km","type":["null","double"],"default":null}]}""";

  private final RegistryClient ours = new RegistryClient(RegistrySettings.of(PROPERTIES));
  private final SchemaRegistryClient confluents = new CachedSchemaRegistryClient(List.of(URL), 100);

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  private static GenericRecord ride(Schema schema, String id, Double km) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", id);
    record.put("km", km);
    if (schema.getField("seats") != null) {
      record.put("seats", 3);
    }
    return record;
  }

  private static RegistrySerializer serializer(Map<String, Object> more) {
    Map<String, Object> properties = new java.util.HashMap<>(PROPERTIES);
    properties.putAll(more);
    RegistrySerializer serializer = new RegistrySerializer();
    serializer.configure(properties, false);
    return serializer;
  }

  private static RegistryDeserializer deserializer() {
    RegistryDeserializer deserializer = new RegistryDeserializer();
    deserializer.configure(PROPERTIES, false);
    return deserializer;
  }

  @Test
  void register_schema_hasTheIdThatConfluentsClientFinds() throws Exception {
    int id = ours.register("first-value", schema(FIRST));

    assertThat(confluents.getId("first-value", new AvroSchema(schema(FIRST).toString())))
        .isEqualTo(id);
    assertThat(confluents.getSchemaById(id).canonicalString())
        .isEqualTo(new AvroSchema(FIRST).canonicalString());
  }

  @Test
  void find_schemaThatConfluentsClientRegistered_hasItsId() throws Exception {
    int id = confluents.register("second-value", new AvroSchema(FIRST));

    assertThat(ours.find("second-value", schema(FIRST))).hasValue(id);
    assertThat(ours.byId(id)).isEqualTo(schema(FIRST));
    assertThat(ours.find("second-value", schema(EVOLVED))).isEmpty();
  }

  @Test
  void byId_schemaWithReferences_isWhole() throws Exception {
    confluents.register("ride-value", new AvroSchema(FIRST));
    String trip = """
        {"type":"record","name":"Trip","namespace":"shop","fields":[
        {"name":"id","type":"string"},{"name":"ride","type":"shop.Ride"}]}""";
    int id = confluents.register(
        "trip-value",
        new AvroSchema(
            trip,
            List.of(new SchemaReference("shop.Ride", "ride-value", 1)),
            Map.of("shop.Ride", FIRST),
            null));

    assertThat(ours.byId(id).getField("ride").schema()).isEqualTo(schema(FIRST));
  }

  @Test
  void latest_subjectWithTwoVersions_isTheSecond() {
    ours.register("third-value", schema(FIRST));
    int second = ours.register("third-value", schema(EVOLVED));

    assertThat(ours.latest("third-value"))
        .contains(new RegistryClient.Version("third-value", 2, second, schema(EVOLVED)));
    assertThat(ours.latest("nobody's")).isEmpty();
  }

  @Test
  void register_incompatibleSchema_isRefused() throws Exception {
    ours.register("strict-value", schema(FIRST));
    confluents.updateCompatibility("strict-value", "BACKWARD");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ours.register("strict-value", schema(FIRST.replace("\"string\"", "\"long\""))))
        .withMessageContaining("refuses with status 409");
  }

  @Test
  void serialize_record_beginsWithConfluentsHeader() throws IOException {
    byte[] bytes = serializer(Map.of()).serialize("rides", ride(schema(FIRST), "a", 1.5));

    ByteArrayOutputStream header = new ByteArrayOutputStream();
    new ConfluentSchemaRegistryCoder("rides-value", confluents)
        .writeSchema(
            new org.apache.flink.avro.shaded.org.apache.avro.Schema.Parser().parse(FIRST), header);
    assertThat(Arrays.copyOf(bytes, WireFormat.HEADER_BYTES)).isEqualTo(header.toByteArray());
    assertThat(new ConfluentSchemaRegistryCoder(confluents)
            .readSchema(new ByteArrayInputStream(bytes))
            .toString())
        .isEqualTo(schema(FIRST).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TopicName", "RecordName", "TopicRecordName"})
  void serialize_anySubjectNaming_registersUnderItsSubject(String naming) {
    serializer(Map.of("value.subject.name.strategy", "io.confluent." + naming + "Strategy"))
        .serialize("named", ride(schema(FIRST), "a", null));

    String subject = SubjectNaming.of(naming).subject("named", false, schema(FIRST));
    assertThat(ours.find(subject, schema(FIRST))).isPresent();
  }

  @Test
  void serialize_unregisteredWithoutAutoRegister_isRefused() {
    RegistrySerializer serializer = serializer(Map.of(RegistrySerializer.AUTO_REGISTER, "false"));

    assertThatExceptionOfType(UnknownSchema.class)
        .isThrownBy(() -> serializer.serialize("never", ride(schema(FIRST), "a", null)))
        .withMessageContaining("never-value");
  }

  @Test
  void deserialize_recordsOfTwoVersions_areEachReadByTheirWritersSchema() {
    RegistryDeserializer deserializer = deserializer();
    GenericRecord first = ride(schema(FIRST), "a", 1.5);
    GenericRecord second = ride(schema(EVOLVED), "b", null);

    assertThat(deserializer.deserialize("t", serializer(Map.of()).serialize("t", first)))
        .isEqualTo(first);
    assertThat(deserializer.deserialize("t", serializer(Map.of()).serialize("t", second)))
        .isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(classes = {RegistryDeserializer.class, ConfluentDeserializer.class})
  void read_anyDeserializer_tellsUnknownFromOutage(Class<?> deserializer) {
    byte[] good = serializer(Map.of()).serialize("rides", ride(schema(FIRST), "a", 1.5));
    byte[] unknown = WireFormat.header(987_654);

    try (PayloadReader reader = PayloadReader.of(deserializer.getName(), PROPERTIES);
        PayloadReader lost = PayloadReader.of(
            deserializer.getName(),
            Map.of(
                RegistrySettings.URL,
                "http://" + Ports.HOST + ":" + Ports.free(),
                RegistrySettings.TIMEOUT_MS,
                "500",
                RegistrySettings.PATIENCE_MS,
                "500"))) {
      assertThat(reader.read("rides", new RecordHeaders(), good))
          .isEqualTo(new Payload.Registered(ride(schema(FIRST), "a", 1.5)));
      assertThat(reader.read("rides", new RecordHeaders(), unknown))
          .isInstanceOf(Payload.Unreadable.class);
      assertThatExceptionOfType(RegistryOutage.class)
          .isThrownBy(() -> lost.read("rides", new RecordHeaders(), good));
    }
  }

  @Test
  void byId_firstAddressDead_asksTheNext() {
    int id = ours.register("first-value", schema(FIRST));
    RegistryClient client = new RegistryClient(RegistrySettings.of(Map.of(
        RegistrySettings.URL, "http://" + Ports.HOST + ":" + Ports.free() + "," + URL + "/")));

    assertThat(client.byId(id)).isEqualTo(schema(FIRST));
  }
}
