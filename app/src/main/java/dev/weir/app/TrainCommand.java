package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingReport;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir train}: from labelled rows to a bundle directory. */
@Command(
    name = "train",
    description = "Train a bundle on labelled rows, and write a report page beside it.")
final class TrainCommand implements Callable<Integer> {
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

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    TrainingOutput output = new TrainingOutput(out);
    output.requireWritable();
    DomainDefinition definition = Named.domain(domain);
    List<RawRecord> records = CsvRecords.labelled(data, definition);
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    TrainingReport report;
    try {
      report =
          new Trainer(definition, TrainingSettings.defaults(seed), progress).train(records, out);
    } finally {
      progress.finish();
    }
    output.finish(report, records, data, spec.commandLine().getOut());
    return Weir.DONE;
  }
}
