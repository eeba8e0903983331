package dev.weir.app;

import dev.weir.lab.train.Importer;
import dev.weir.model.tree.TreeModelFile;
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
import picocli.CommandLine.Mixin;
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
  @Mixin
  private BundleOptions options = new BundleOptions();

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
    return options.make(spec.commandLine(), (definition, settings, progress) -> {
      Importer importer = new Importer(definition, settings, progress);
      return mapping.isPresent()
          ? (records, out) -> importer.trees(
              members(),
              String.valueOf(mapping.get()),
              Named.text("mapping", mapping.get()),
              records,
              out)
          : importer::external;
    });
  }

  private void cautionOfTreesAfter(int best, Path model) {
    spec.commandLine()
        .getErr()
        .println("caution: " + model + " records best_iteration " + best
            + "; all its trees count, where XGBClassifier.predict_proba would stop there: see"
            + " docs/import.md");
  }

  private List<byte[]> members() {
    List<byte[]> members = new ArrayList<>();
    for (Path model : models) {
      if (!Files.isRegularFile(model)) {
        throw new IllegalArgumentException(
            "no model file " + model + "; save it as XGBoost's JSON or LightGBM's text");
      }
      try {
        byte[] file = Files.readAllBytes(model);
        TreeModelFile.bestIteration(file).ifPresent(best -> cautionOfTreesAfter(best, model));
        members.add(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + model + ": " + e.getMessage(), e);
      }
    }
    return members;
  }
}
