package dev.weir.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.jsonl.DecisionLines;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir decisions}: the decisions on the topics as the JSON lines that verify reads. */
@Command(
    name = "decisions",
    description =
        "Write the decisions on the topics, as they are now, as JSON lines for weir verify"
            + " and weir explain.")
final class DecisionsCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "The bundle that decided; decisions of others are left aside.")
  private Path bundle = Path.of("");

  @Option(
      names = "--release",
      defaultValue = "",
      paramLabel = "VERSION",
      description = "Only the decisions of this release.")
  private String release = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines to write.")
  private Path out = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private final DecisionCodec codec = new DecisionCodec();
  private final List<ObjectNode> lines = new ArrayList<>();
  private int leftAside;
  private int undecodable;

  @Override
  public Integer call() {
    WholeFile.requireWritable(out);
    Bundle loaded = BundleDirectory.read(bundle);
    DecisionLines json = new DecisionLines(loaded.definition().domain(), loaded.sources());
    TopicNames names = kafka.names();
    TopicReader reader = new TopicReader(kafka.cluster());
    reader.read(
        reader.spans(List.of(names.autoAccept(), names.priorityAudit()), TopicReader.End.COMMITTED),
        record -> read(record, json, loaded.fingerprint()));
    lines.sort(Comparator.comparing(
            (ObjectNode line) -> line.path("source").path("topic").asText())
        .thenComparingInt(line -> line.path("source").path("partition").asInt())
        .thenComparingLong(line -> line.path("source").path("offset").asLong()));
    WholeFile.writeLines(out, lines.stream().map(CanonicalJson::inOwnOrder));
    PrintWriter print = spec.commandLine().getOut();
    print.println(lines.size() + " decisions in " + out + "; " + leftAside
        + " of another bundle or release left aside");
    if (undecodable > 0) {
      print.println(undecodable + " records on the topics are no decisions");
    }
    return undecodable == 0 ? Weir.DONE : Weir.NO;
  }

  private void read(ConsumerRecord<byte[], byte[]> record, DecisionLines json, Fingerprint wanted) {
    Decision decision;
    try {
      decision = codec.decode(record.value());
    } catch (UndecodableRecord e) {
      undecodable++;
      return;
    }
    boolean isWanted = Arrays.equals(decision.getRelease().getBundle().bytes(), wanted.bytes())
        && (release.isEmpty() || decision.getRelease().getVersion().equals(release));
    if (isWanted) {
      lines.add(json.of(decision));
    } else {
      leftAside++;
    }
  }
}
