package dev.weir.schemas.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records from the registry's wire format, by the schema they were written with. Properties:
 * those of {@link RegistrySettings}.
 *
 * <p>Throws SerializationException, {@link UnknownSchema} among them, if the bytes can never be read,
 * and {@link RegistryOutage} if it cannot be told now.
 */
public final class RegistryDeserializer implements Deserializer<GenericRecord> {
  private @Nullable RegistryClient client;
  private RecentlyUsed<Integer, GenericDatumReader<GenericRecord>> readers = new RecentlyUsed<>(1);

  @Override
  public void configure(Map<String, ?> properties, boolean isKey) {
    RegistrySettings settings = RegistrySettings.of(properties);
    client = new RegistryClient(settings);
    readers = new RecentlyUsed<>(settings.schemasMax());
  }

  @Override
  public @Nullable GenericRecord deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    int id = WireFormat.id(bytes)
        .orElseThrow(() -> new SerializationException(bytes.length
            + " bytes do not begin with a zero byte and the id of a registered schema"));
    GenericDatumReader<GenericRecord> reader = reader(id);
    BinaryDecoder decoder = DecoderFactory.get()
        .binaryDecoder(
            bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
    try {
      GenericRecord record = reader.read(null, decoder);
      if (decoder.isEnd()) {
        return record;
      }
    } catch (IOException | RuntimeException e) {
      // Avro names no common type for what damaged bytes make it throw.
      throw new SerializationException("no value of schema " + id + ": " + e, e);
    }
    throw new SerializationException("a value of schema " + id + " is followed by more bytes");
  }

  private GenericDatumReader<GenericRecord> reader(int id) {
    Optional<GenericDatumReader<GenericRecord>> known = readers.find(id);
    if (known.isPresent()) {
      return known.get();
    }
    Schema schema = require(client).byId(id);
    if (schema.getType() != Schema.Type.RECORD) {
      throw new UnknownSchema(
          "schema " + id + " is one of " + schema.getType() + ", not of records");
    }
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    readers.put(id, reader);
    return reader;
  }

  static RegistryClient require(@Nullable RegistryClient client) {
    if (client == null) {
      throw new IllegalStateException("call configure first");
    }
    return client;
  }
}
