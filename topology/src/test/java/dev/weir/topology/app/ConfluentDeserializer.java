package dev.weir.topology.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A deserializer on Confluent's own client that throws as Confluent's does: SerializationException
 * for everything, the client's exception as its cause.
 */
public final class ConfluentDeserializer implements Deserializer<GenericRecord> {
  private SchemaRegistryClient client;

  @Override
  public void configure(Map<String, ?> properties, boolean isKey) {
    client = new CachedSchemaRegistryClient(
        List.of(properties.get("schema.registry.url").toString()), 100);
  }

  @Override
  public GenericRecord deserialize(String topic, byte[] bytes) {
    try {
      Schema schema = new Schema.Parser()
          .parse(client.getSchemaById(ByteBuffer.wrap(bytes).getInt(1)).canonicalString());
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    } catch (IOException | RestClientException e) {
      throw new SerializationException("Error retrieving Avro schema", e);
    }
  }
}
