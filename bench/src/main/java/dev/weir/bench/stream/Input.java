package dev.weir.bench.stream;

import dev.weir.lab.data.CsvRecords;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that are sent: a synthetic world's passengers in turn, as JSON. */
final class Input {
  private final List<byte[]> values;
  private long batches;

  private Input(List<byte[]> values) {
    this.values = values;
  }

  static Input of(Path csv) {
    DomainDefinition definition = DomainDefinition.shipped("passenger");
    RecordCodec codec = RecordCodec.of(definition.domain());
    return new Input(CsvRecords.read(csv, definition).rows().stream()
        .map(row -> encode(codec, definition, row))
        .toList());
  }

  private static byte[] encode(RecordCodec codec, DomainDefinition definition, CsvRecords.Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (row.parsed() instanceof RawRecord record) {
      List<Field> declared = definition.domain().fields();
      for (int f = 0; f < declared.size(); f++) {
        String name = declared.get(f).name();
        record.received(f).ifPresent(value -> fields.put(name, value));
      }
    }
    definition
        .domain()
        .labelField()
        .ifPresent(
            label -> fields.remove(definition.domain().fields().get(label).name()));
    return codec.encodeJson(fields, List.of());
  }

  List<byte[]> values() {
    return values;
  }

  double meanBytes() {
    return values.stream().mapToInt(value -> value.length).average().orElse(0);
  }

  /**
   * Message number n of a stream.
   *
   * @param batch records in a batch; in batches of one there is no key
   */
  ProducerRecord<byte[], byte[]> message(String topic, long n, int batch, long timestamp) {
    byte[] value = values.get((int) (n % values.size()));
    if (batch == 1) {
      return new ProducerRecord<>(
          topic, (int) (n % Application.PARTITIONS), timestamp, null, value);
    }
    if (n % batch == 0) {
      batches++;
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        topic,
        (int) (batches % Application.PARTITIONS),
        timestamp,
        ("batch-" + batches).getBytes(StandardCharsets.UTF_8),
        value);
    record.headers().add(Headers.BATCH_SIZE, Headers.value(batch));
    return record;
  }
}
