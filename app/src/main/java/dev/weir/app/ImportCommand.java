package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Importer;
import dev.weir.lab.train.TrainingReport;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir bundle import}: a bundle around a model that was trained elsewhere. */
@Command(
    name = "import",
    description = {
      "Make a bundle around a model that was trained elsewhere: XGBoost or LightGBM files with"
          + " --model and --features, or, without them, a model whose probability each record"
          + " brings.",
      "Calibrator, fallback, intervals and priors are fitted to --data, which the model must not"
          + " have been trained on."
    })
final class ImportCommand implements Callable<Integer> {
  @Option(
      names = "--domain",
      defaultValue = "passenger",
      paramLabel = "DOMAIN",
      description = "Shipped name or file; shipped: passenger. Default: ${DEFAULT-VALUE}.")
  private String domain = "";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      split = ",",
      description = "XGBoost's JSON or LightGBM's text; several are members of one ensemble.")
  private List<Path> models = List.of();

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "YAML that says how the model's columns come from a record.")
  private @Nullable Path features;

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
    Optional<Path> mapping = Optional.ofNullable(features);
    if (models.isEmpty() == mapping.isPresent()) {
      throw new IllegalArgumentException(
          models.isEmpty()
              ? "--features maps the columns of a model; give --model too"
              : "--model needs --features, which says how its columns come from a record");
    }
    TrainingOutput output = new TrainingOutput(out);
    output.requireWritable();
    DomainDefinition definition = Named.domain(domain);
    List<RawRecord> records = CsvRecords.labelled(data, definition);
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    Importer importer = new Importer(definition, TrainingSettings.defaults(seed), progress);
    TrainingReport report;
    try {
      report = mapping.isPresent()
          ? importer.trees(
              members(),
              String.valueOf(mapping.get()),
              Named.text("mapping", mapping.get()),
              records,
              out)
          : importer.external(records, out);
    } finally {
      progress.finish();
    }
    output.finish(report, records, data, spec.commandLine().getOut());
    return Weir.DONE;
  }

  private List<byte[]> members() {
    List<byte[]> members = new ArrayList<>();
    for (Path model : models) {
      if (!Files.isRegularFile(model)) {
        throw new IllegalArgumentException(
            "no model file " + model + "; save it as XGBoost's JSON or LightGBM's text");
      }
      try {
        members.add(Files.readAllBytes(model));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + model + ": " + e.getMessage(), e);
      }
    }
    return members;
  }
}
