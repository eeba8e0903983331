package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.TrainingReport;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** From which rows a bundle is made, and where it goes. */
final class BundleOptions {
  @Option(
      names = "--domain",
      defaultValue = "passenger",
      paramLabel = "DOMAIN",
      description = "Shipped name or file; shipped: passenger. Default: ${DEFAULT-VALUE}.")
  private String domain = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "CSV with a header and the label.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Bundle directory to write; an older bundle there is replaced. The report page is DIR.report.html.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "N",
      description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** What makes a bundle of labelled records. */
  interface Maker {
    TrainingReport make(List<RawRecord> records, Path directory);
  }

  /** How a maker comes to be. */
  interface Making {
    Maker with(DomainDefinition definition, TrainingSettings settings, Progress progress);
  }

  /** Makes the bundle and its report page, and says what was made; an exit code. */
  int make(CommandLine command, Making making) {
    TrainingOutput output = new TrainingOutput(out);
    output.requireWritable();
    DomainDefinition definition = Named.domain(domain);
    List<RawRecord> records = CsvRecords.labelled(data, definition);
    LackingColumns.report(data, CsvRecords.lacking(data, definition), command.getErr());
    reportNoGroups(records, definition.domain(), command.getErr());
    TerminalProgress progress = new TerminalProgress(command.getErr());
    TrainingReport report;
    try {
      report =
          making.with(definition, TrainingSettings.defaults(seed), progress).make(records, out);
    } finally {
      progress.finish();
    }
    output.finish(report, records, data, command.getOut());
    return Weir.DONE;
  }

  /** Whoever declares a group wants its rows kept together; without names of groups, nothing can. */
  private void reportNoGroups(List<RawRecord> records, Domain domain, PrintWriter err) {
    domain.groupField().ifPresent(group -> {
      long none =
          records.stream().filter(record -> record.received(group).isEmpty()).count();
      if (none > 0) {
        err.println("weir: " + none + " of " + records.size() + " rows of " + data + " have no "
            + domain.fields().get(group).name()
            + "; each counts as a group of its own, so rows that belong together may"
            + " be fitted to and judged by one another, which flatters every figure");
      }
    });
  }
}
