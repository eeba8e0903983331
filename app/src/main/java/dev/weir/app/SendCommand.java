package dev.weir.app;

import dev.weir.lab.apply.BatchBy;
import dev.weir.lab.apply.CsvBatches;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.operations.send.RecordSender;
import dev.weir.schemas.wire.RecordCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir send}: rows of a file into the records topic. */
@Command(
    name = "send",
    description = "Send the rows of a CSV to the records topic, in batches, as JSON.")
final class SendCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--domain", defaultValue = "passenger", description = "Shipped name or file.")
  private String domain = "";

  @Option(names = "--data", required = true, description = "CSV with a header.")
  private Path data = Path.of("");

  @Option(
      names = "--batch-by",
      defaultValue = "1",
      description = "A field, 'group', or a number of consecutive rows (default 1).")
  private String batchBy = "";

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Records a second at most (default ${DEFAULT-VALUE}).")
  private double rate;

  @Override
  public Integer call() {
    DomainDefinition definition = Named.domain(domain);
    CsvRecords rows = CsvRecords.read(data, definition);
    BatchBy by = BatchBy.of(batchBy, definition.domain());
    Cluster cluster = kafka.cluster();
    RecordCodec codec = RecordCodec.of(definition.domain());
    List<OutgoingBatch> batches = new ArrayList<>();
    CsvBatches.rows(rows, by).forEach((key, members) -> {
      List<byte[]> values = members.stream()
          .map(row -> encode(codec, definition, rows.rows().get(row)))
          .toList();
      batches.add(
          values.size() == 1
              ? OutgoingBatch.alone(values)
              : OutgoingBatch.whole(key.name(), values));
    });
    try (RecordSender sender = new RecordSender(cluster, kafka.names(), rate)) {
      System.out.println("sent " + sender.send(batches).size() + " records in " + batches.size()
          + " batches to " + kafka.names().records());
    }
    return Weir.DONE;
  }

  /* An invalid row goes as it stands: the gate rejects it with every reason. */
  static byte[] encode(RecordCodec codec, DomainDefinition definition, CsvRecords.Row row) {
    Map<String, Object> values = new LinkedHashMap<>(row.cells());
    if (row.parsed() instanceof RawRecord record) {
      List<Field> fields = definition.domain().fields();
      for (int f = 0; f < fields.size(); f++) {
        String name = fields.get(f).name();
        record.received(f).ifPresent(value -> values.put(name, value));
      }
    }
    definition
        .domain()
        .labelField()
        .ifPresent(
            label -> values.remove(definition.domain().fields().get(label).name()));
    return codec.encodeJson(values, row.imputed());
  }
}
