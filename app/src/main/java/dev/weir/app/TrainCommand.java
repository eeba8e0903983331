package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir train}: from labelled rows to a bundle directory. */
@Command(
    name = "train",
    description = "Train a bundle on labelled rows.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Option(names = "--domain", defaultValue = "passenger", description = "Shipped name or file.")
  private String domain = "";

  @Option(names = "--data", required = true, description = "CSV with a header and the label.")
  private Path data = Path.of("");

  @Option(names = "--out", required = true, description = "Bundle directory to write.")
  private Path out = Path.of("");

  @Option(names = "--seed", defaultValue = "42", description = "Of every random choice.")
  private long seed;

  @Override
  public Integer call() {
    DomainDefinition definition = Named.domain(domain);
    CsvRecords rows = CsvRecords.read(data, definition);
    TerminalProgress progress = new TerminalProgress(System.err);
    Bundle bundle = new Trainer(definition, TrainingSettings.defaults(seed), progress)
        .train(rows.labelled(), out);
    progress.finish();
    System.out.println("bundle " + bundle.fingerprint() + " in " + out);
    BundleSummary.print(bundle, System.out);
    return Weir.DONE;
  }
}
