package dev.weir.app;

import dev.weir.lab.evaluate.EvaluationJson;
import dev.weir.lab.evaluate.SliceSearch;
import dev.weir.lab.evaluate.SliceText;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir slices}: where does the model err? */
@Command(
    name = "slices",
    description = "Audit the slices that a domain declares, and find those that the data bear out.")
final class SlicesCommand implements Callable<Integer> {
  private static final Fingerprint NO_POLICY = Fingerprint.of("");

  @Mixin
  private JudgingOptions judging = new JudgingOptions();

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the half that slices are found on. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--yaml",
      paramLabel = "FILE",
      description = "Confirmed slices as flags to paste into a policy. Default: printed.")
  private Path yaml = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "All figures, for machines.")
  private Path json = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    for (Path file : List.of(yaml, json)) {
      if (!file.toString().isEmpty()) {
        WholeFile.requireWritable(file);
      }
    }
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    JudgingOptions.Judging judged;
    try {
      judged = judging.judging(NO_POLICY, judging.bundle(), progress);
    } finally {
      progress.finish();
    }
    SliceSearch search = SliceSearch.of(judged.arms(), seed);
    PrintWriter out = spec.commandLine().getOut();
    SliceText.of(search).forEach(out::println);
    judged.print(out);
    List<String> flags = search.yaml(judged.data());
    if (yaml.toString().isEmpty()) {
      flags.forEach(out::println);
    } else {
      WholeFile.writeLines(yaml, flags.stream());
    }
    if (!json.toString().isEmpty()) {
      WholeFile.writeLines(json, Stream.of(CanonicalJson.inOwnOrder(EvaluationJson.of(search))));
    }
    return Weir.DONE;
  }
}
