package dev.weir.schemas.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in the registry's wire format. Properties: those of {@link RegistrySettings}, {@value
 * #AUTO_REGISTER} (default true; otherwise the schema must be registered already), and {@code
 * value.subject.name.strategy} and {@code key.subject.name.strategy}, see {@link SubjectNaming#of}.
 */
public final class RegistrySerializer implements Serializer<GenericRecord> {
  /** Whether a schema that the registry lacks is registered. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  private @Nullable RegistryClient client;
  private SubjectNaming naming = SubjectNaming.TOPIC_NAME;
  private boolean isKey;
  private boolean registers = true;

  @Override
  public void configure(Map<String, ?> properties, boolean ofKeys) {
    client = new RegistryClient(RegistrySettings.of(properties));
    isKey = ofKeys;
    Object strategy = properties.get((ofKeys ? "key" : "value") + ".subject.name.strategy");
    naming = strategy == null
        ? SubjectNaming.TOPIC_NAME
        : SubjectNaming.of(
            strategy instanceof Class<?> type ? type.getName() : strategy.toString());
    Object auto = properties.get(AUTO_REGISTER);
    registers = auto == null || Boolean.parseBoolean(auto.toString());
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable GenericRecord record) {
    if (record == null) {
      return null;
    }
    Schema schema = record.getSchema();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(WireFormat.header(id(naming.subject(topic, isKey, schema), schema)));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
    } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
      throw new SerializationException(
          "a record does not fit its schema " + schema.getFullName() + ": " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private int id(String subject, Schema schema) {
    RegistryClient registry = RegistryDeserializer.require(client);
    if (registers) {
      return registry.register(subject, schema);
    }
    return registry
        .find(subject, schema)
        .orElseThrow(() -> new UnknownSchema("schema " + schema.getFullName()
            + " is not registered under subject " + subject + "; register it, or set "
            + AUTO_REGISTER));
  }
}
