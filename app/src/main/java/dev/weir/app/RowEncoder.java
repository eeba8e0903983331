package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.registry.RegistrySerializer;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.RecordSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/** Rows of a file as the bytes of records, without their label. */
final class RowEncoder {
  private final DomainDefinition definition;
  private final RecordCodec codec;
  private final Form form;
  private int asJson;

  /** How a valid record is written. */
  @FunctionalInterface
  private interface Form {
    byte[] write(Map<String, Object> values, List<String> imputed);
  }

  private RowEncoder(DomainDefinition definition, RecordCodec codec, Form form) {
    this.definition = definition;
    this.codec = codec;
    this.form = form;
  }

  static RowEncoder json(DomainDefinition definition) {
    RecordCodec codec = RecordCodec.of(definition.domain());
    return new RowEncoder(definition, codec, codec::encodeJson);
  }

  /**
   * Avro by a registry, under the subject that the topic's naming gives.
   *
   * @param properties of {@link RegistrySerializer}
   */
  static RowEncoder registered(
      DomainDefinition definition, String topic, Map<String, Object> properties) {
    RecordCodec codec = RecordCodec.of(definition.domain());
    Schema schema = RecordSchema.of(definition.domain());
    RegistrySerializer serializer = new RegistrySerializer();
    serializer.configure(properties, false);
    return new RowEncoder(
        definition,
        codec,
        (values, imputed) -> Objects.requireNonNull(
            serializer.serialize(topic, codec.avro(schema, values, imputed))));
  }

  /* An invalid row goes as it stands, as JSON: the gate rejects it with every reason. */
  byte[] encode(CsvRecords.Row row) {
    if (row.parsed() instanceof RawRecord record) {
      return form.write(values(record), row.imputed());
    }
    asJson++;
    Map<String, Object> cells = new LinkedHashMap<>(row.cells());
    definition
        .domain()
        .labelField()
        .ifPresent(label -> cells.remove(definition.domain().fields().get(label).name()));
    return codec.encodeJson(cells, row.imputed());
  }

  private Map<String, Object> values(RawRecord record) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Field> fields = definition.domain().fields();
    for (int f = 0; f < fields.size(); f++) {
      String name = fields.get(f).name();
      if (definition.domain().labelField().orElse(-1) != f) {
        record.received(f).ifPresent(value -> values.put(name, value));
      }
    }
    return values;
  }

  /** How many rows went as they stand because they are invalid. */
  int asJson() {
    return asJson;
  }
}
