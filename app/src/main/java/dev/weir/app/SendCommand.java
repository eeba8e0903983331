package dev.weir.app;

import dev.weir.lab.apply.BatchBy;
import dev.weir.lab.apply.CsvBatches;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.operations.send.RecordSender;
import dev.weir.schemas.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir send}: rows of a file into the records topic. */
@Command(
    name = "send",
    description = "Send the rows of a CSV to the records topic, in batches, as JSON or Avro.")
final class SendCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--domain",
      defaultValue = "passenger",
      paramLabel = "DOMAIN",
      description = "Shipped name or file.")
  private String domain = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "CSV with a header.")
  private Path data = Path.of("");

  @Option(
      names = "--batch-by",
      paramLabel = "HOW",
      defaultValue = "1",
      description = "A field, 'group', or a number of consecutive rows (default 1).")
  private String batchBy = "";

  @Option(
      names = "--format",
      defaultValue = "json",
      paramLabel = "FORMAT",
      description = "json, or avro-registry: Avro by a schema registry (default ${DEFAULT-VALUE}).")
  private Format format = Format.JSON;

  @Option(
      names = "--registry",
      defaultValue = "",
      paramLabel = "URL",
      description = "The registry's addresses, http://host:port,…, for avro-registry.")
  private String registry = "";

  @Option(
      names = "--registry-property",
      paramLabel = "NAME=VALUE",
      description = "A property of the registry's serializer, for instance basic.auth.user.info.")
  private Map<String, String> registryProperties = Map.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Records a second at most (default ${DEFAULT-VALUE}).")
  private double rate;

  /** How records are written. */
  enum Format {
    JSON("json"),
    AVRO_REGISTRY("avro-registry");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Override
  public Integer call() {
    DomainDefinition definition = Named.domain(domain);
    CsvRecords rows = CsvRecords.read(data, definition);
    BatchBy by = BatchBy.of(batchBy, definition.domain());
    Cluster cluster = kafka.cluster();
    RowEncoder encoder = encoder(definition);
    List<OutgoingBatch> batches = new ArrayList<>();
    CsvBatches.rows(rows, by).forEach((key, members) -> {
      List<byte[]> values =
          members.stream().map(row -> encoder.encode(rows.rows().get(row))).toList();
      batches.add(
          values.size() == 1
              ? OutgoingBatch.alone(values)
              : OutgoingBatch.whole(key.name(), values));
    });
    try (RecordSender sender = new RecordSender(cluster, kafka.names(), rate)) {
      System.out.println("sent " + sender.send(batches).size() + " records in " + batches.size()
          + " batches to " + kafka.names().records());
      if (encoder.asJson() > 0 && format != Format.JSON) {
        System.out.println(encoder.asJson() + " invalid rows went as JSON, as they stand");
      }
    }
    return Weir.DONE;
  }

  private RowEncoder encoder(DomainDefinition definition) {
    if (format == Format.JSON) {
      return RowEncoder.json(definition);
    }
    if (registry.isEmpty()) {
      throw new IllegalArgumentException(
          "--format avro-registry needs --registry http://host:port");
    }
    Map<String, Object> properties = new HashMap<>(registryProperties);
    properties.put(RegistrySettings.URL, registry);
    return RowEncoder.registered(definition, kafka.names().records(), properties);
  }
}
