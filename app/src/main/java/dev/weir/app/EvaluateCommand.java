package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.evaluate.Evaluation;
import dev.weir.lab.evaluate.EvaluationJson;
import dev.weir.lab.evaluate.EvaluationText;
import dev.weir.lab.evaluate.Evaluator;
import dev.weir.lab.evaluate.Incident;
import dev.weir.lab.evaluate.SliceSearch;
import dev.weir.lab.report.EvaluationPage;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.json.CanonicalJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir evaluate}: does the gate earn its keep? */
@Command(
    name = "evaluate",
    description = "Judge a gate against plain confidence of the same model, on clean rows and under"
        + " corruption. Exit code 1: it is worse at equal coverage.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin
  private JudgingOptions judging = new JudgingOptions();

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "POLICY",
      description = "Shipped name or file; shipped: " + Named.POLICIES)
  private String policy = "";

  @Option(
      names = "--batch",
      defaultValue = "25",
      paramLabel = "N",
      description =
          "Records of a batch in which curves and slices are judged. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--incidents",
      split = ",",
      defaultValue = "1,25,100",
      paramLabel = "N",
      description = "Records of the batches in which incidents are tried; 0 tries none. Default:"
          + " ${DEFAULT-VALUE}.")
  private List<Integer> incidents = List.of();

  @Option(
      names = "--suite",
      paramLabel = "FILE",
      description =
          "What can break upstream, YAML; see docs/evaluation.md. Default: the domain's own.")
  private Path suite = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of corruptions and resamples. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "All figures, for machines.")
  private Path json = Path.of("");

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "A self-contained HTML page with plots, for people.")
  private Path page = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireWritable(json);
    requireWritable(page);
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    JudgingOptions.Judging judged;
    Evaluation evaluation;
    SliceSearch search;
    long start;
    try {
      Bundle bundle = judging.bundle();
      DomainDefinition definition = bundle.definition();
      PolicyFile file = Named.policy(policy, definition);
      judged = judging.judging(file.fingerprint(), bundle, progress);
      start = System.nanoTime();
      evaluation = new Evaluator(settings(), progress)
          .evaluate(
              judged.arms(),
              file,
              suite(suite, definition),
              new Evaluator.Names(
                  judged.bundle().fingerprint(), policy, judged.data(), judged.folds()));
      search = SliceSearch.of(judged.arms(), seed);
    } finally {
      progress.finish();
    }
    PrintWriter out = spec.commandLine().getOut();
    EvaluationText.of(evaluation).forEach(out::println);
    judged.print(out);
    speed(evaluation.corruptions().incidents(), (System.nanoTime() - start) / 1e9, out);
    if (isGiven(json)) {
      WholeFile.writeLines(
          json, Stream.of(CanonicalJson.inOwnOrder(EvaluationJson.of(evaluation))));
    }
    if (isGiven(page)) {
      WholeFile.writeLines(page, EvaluationPage.html(evaluation, search).lines());
      out.println("page " + page);
    }
    return evaluation.isWorse() ? Weir.NO : Weir.DONE;
  }

  private Evaluator.Settings settings() {
    List<Integer> sizes = incidents.stream().filter(size -> size != 0).toList();
    return new Evaluator.Settings(batch, seed, sizes, Runtime.getRuntime().availableProcessors());
  }

  /** The suite of a file, or where none is given the domain's own. */
  static CorruptionSuite suite(Path file, DomainDefinition definition) {
    return isGiven(file)
        ? CorruptionSuite.read(file.toString(), Named.text("suite", file), definition)
        : CorruptionSuite.of(definition);
  }

  /** How fast the suite went, if anything was tried. */
  static void speed(List<Incident> incidents, double seconds, PrintWriter out) {
    long rows = incidents.stream().mapToLong(Incident::received).sum();
    if (rows > 0) {
      out.printf(
          Locale.ROOT,
          "%,d corrupted records decided; all of it took %.1f s, %,.0f a second%n",
          rows,
          seconds,
          rows / seconds);
    }
  }

  private static boolean isGiven(Path file) {
    return !file.toString().isEmpty();
  }

  private static void requireWritable(Path file) {
    if (isGiven(file)) {
      WholeFile.requireWritable(file);
    }
  }
}
