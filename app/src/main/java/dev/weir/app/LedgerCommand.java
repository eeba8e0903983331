package dev.weir.app;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.Ledger;
import dev.weir.operations.ledger.LedgerReport;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.app.GateConfig;
import dev.weir.topology.collect.CollectStores;
import dev.weir.topology.collect.OpenRecords;
import java.time.Duration;
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
      paramLabel = "ID",
      defaultValue = "",
      description =
          "The gate's applicationId, where neither the file has it nor it is the default.")
  private String applicationId = "";

  @Override
  public Integer call() {
    Cluster cluster = kafka.cluster();
    TopicNames names = kafka.names();
    GateConfig.Connection connection = kafka.connection();
    String gate = applicationId.isEmpty() ? connection.applicationId() : applicationId;
    String changelog = CollectStores.recordsChangelog(gate);
    LedgerReport report;
    try (OpenRecords open = new OpenRecords(cluster.properties(), changelog, LIMIT)) {
      report = new Ledger(cluster, names).prove(Optional.of(gate), open::now);
    }
    System.out.print(report.text());
    if (report.read() == 0) {
      System.out.println("nothing to check: gate " + gate + " has committed no record of "
          + names.records() + "; is it running, under this --application-id?");
      return Weir.NO;
    }
    return report.balances() ? Weir.DONE : Weir.NO;
  }
}
