package dev.weir.app;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.Ledger;
import dev.weir.operations.ledger.LedgerReport;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.collect.OpenRecords;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir ledger}: is every record accounted for? */
@Command(
    name = "ledger",
    description = "Prove from the topics that every record was decided, dead-lettered, a marker,"
        + " or is still open; exit 1 if not.")
final class LedgerCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--application-id",
      defaultValue = "",
      description = "The gate's applicationId, where it is not the default.")
  private String applicationId = "";

  @Override
  public Integer call() {
    Cluster cluster = kafka.cluster();
    TopicNames names = kafka.names();
    Map<String, String> settings = new HashMap<>(Map.of(
        "bootstrapServers", "asked elsewhere:0",
        "scope", names.scope(),
        "stateDir", "none",
        "bundlesDir", "none"));
    if (!applicationId.isEmpty()) {
      settings.put("applicationId", applicationId);
    }
    GateConfig config = GateConfig.of(settings);
    LedgerReport report = new Ledger(cluster, names)
        .prove(
            Optional.of(config.applicationId()),
            partition -> OpenRecords.read(cluster.properties(), config.openRecordsTopic(), LIMIT)
                .getOrDefault(partition.partition(), Collections.emptyNavigableSet()));
    System.out.println(report.text());
    if (report.read() == 0) {
      System.out.println("nothing to check: gate " + config.applicationId() + " has committed no"
          + " record of " + names.records() + "; is it running, under this --application-id?");
      return Weir.NO;
    }
    return report.balances() ? Weir.DONE : Weir.NO;
  }
}
