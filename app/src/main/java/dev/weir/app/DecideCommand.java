package dev.weir.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.domain.Invalid;
import dev.weir.model.json.CanonicalJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir decide}: the gate over the rows of a file. */
@Command(
    name = "decide",
    description = "Decide the rows of a CSV; one JSON object per record, in the file's order.")
final class DecideCommand implements Callable<Integer> {
  @Mixin
  private ReleaseOptions releases = new ReleaseOptions();

  @Mixin
  private RowsOptions rows = new RowsOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines to write; invalid rows go to FILE.rejected.")
  private Path out = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireOwnFile();
    WholeFile.requireWritable(out);
    Release release = releases.release();
    CsvRecords read = rows.read(release.gate());

    List<SealedBatch> batches = new ArrayList<>();
    int holds = 0;
    for (Batch batch : rows.batches(read, release.gate())) {
      Gate.Outcome outcome = release.decide(Controls.NONE, batch, OptionalLong.empty());
      batches.add(SealedBatch.of(outcome.decisions()));
      holds += outcome.hold().isPresent() ? 1 : 0;
    }
    List<ObjectNode> lines = new ArrayList<>();
    batches.forEach(batch -> lines.addAll(batch.json()));
    lines.sort(
        Comparator.comparingLong(line -> line.path("source").path("offset").longValue()));
    WholeFile.writeLines(out, lines.stream().map(CanonicalJson::inOwnOrder));
    report(lines, holds);
    reportRejected(read);
    LackingColumns.report(
        rows.file(),
        read.lacking(release.gate().bundle().definition()),
        spec.commandLine().getErr());
    return Weir.DONE;
  }

  private void requireOwnFile() {
    if (out.toAbsolutePath().normalize().equals(rows.file().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "--out " + out + " is the data file itself; name another file");
    }
  }

  private void report(List<ObjectNode> decisions, int holds) {
    Map<Route, Integer> routes = new EnumMap<>(Route.class);
    decisions.forEach(decision ->
        routes.merge(Route.valueOf(decision.path("route").textValue()), 1, Integer::sum));
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d decisions in %s: %d auto-accept, %d priority-audit, %d held in %d %s%n",
            decisions.size(),
            out,
            routes.getOrDefault(Route.AUTO_ACCEPT, 0),
            routes.getOrDefault(Route.PRIORITY_AUDIT, 0),
            routes.getOrDefault(Route.HELD, 0),
            holds,
            holds == 1 ? "batch" : "batches");
  }

  private void reportRejected(CsvRecords read) {
    List<String> rejected = new ArrayList<>();
    for (CsvRecords.Row row : read.rows()) {
      if (row.parsed() instanceof Invalid invalid) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("line", row.line());
        json.put("recordId", invalid.id().orElse(null));
        json.put("reason", invalid.reason());
        ObjectNode raw = json.putObject("raw");
        row.cells().forEach(raw::put);
        rejected.add(CanonicalJson.of(json));
      }
    }
    Path file = out.resolveSibling(out.getFileName() + ".rejected");
    if (rejected.isEmpty()) {
      WholeFile.remove(file);
    } else {
      WholeFile.writeLines(file, rejected.stream());
      spec.commandLine()
          .getOut()
          .println(rejected.size() + (rejected.size() == 1 ? " invalid row" : " invalid rows")
              + ", with their errors, in " + file);
    }
  }
}
