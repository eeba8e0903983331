package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.evaluate.Evaluation;
import dev.weir.lab.evaluate.EvaluationJson;
import dev.weir.lab.evaluate.EvaluationText;
import dev.weir.lab.evaluate.Evaluator;
import dev.weir.lab.evaluate.SliceSearch;
import dev.weir.lab.report.EvaluationPage;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Mixin
  private TrialOptions trial = new TrialOptions();

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
      names = "--page",
      paramLabel = "FILE",
      description = "A self-contained HTML page with plots, for people.")
  private Path page = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    trial.requireWritable();
    TrialOptions.requireWritable(page);
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    JudgingOptions.Judging judged;
    Evaluation evaluation;
    SliceSearch search;
    long start;
    try {
      Bundle bundle = judging.bundle();
      DomainDefinition definition = bundle.definition();
      PolicyFile file = trial.policy(definition);
      judged = judging.judging(file.fingerprint(), bundle, progress);
      start = System.nanoTime();
      evaluation = new Evaluator(settings(), progress)
          .evaluate(
              judged.arms(),
              file,
              trial.suite(definition),
              new Evaluator.Names(
                  judged.bundle().fingerprint(), trial.policy(), judged.data(), judged.folds()));
      search = SliceSearch.of(judged.arms(), trial.seed());
    } finally {
      progress.finish();
    }
    PrintWriter out = spec.commandLine().getOut();
    EvaluationText.of(evaluation).forEach(out::println);
    judged.print(out);
    TrialOptions.speed(
        evaluation.corruptions().incidents(), (System.nanoTime() - start) / 1e9, out);
    trial.write(EvaluationJson.of(evaluation));
    if (TrialOptions.isGiven(page)) {
      WholeFile.writeLines(page, EvaluationPage.html(evaluation, search).lines());
      out.println("page " + page);
    }
    return evaluation.isWorse() ? Weir.NO : Weir.DONE;
  }

  private Evaluator.Settings settings() {
    List<Integer> sizes = incidents.stream().filter(size -> size != 0).toList();
    return new Evaluator.Settings(
        batch, trial.seed(), sizes, Runtime.getRuntime().availableProcessors());
  }
}
