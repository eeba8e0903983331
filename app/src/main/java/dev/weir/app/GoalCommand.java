package dev.weir.app;

import dev.weir.gating.drift.DriftWatch;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.evaluate.EvaluationJson;
import dev.weir.lab.evaluate.Goal;
import dev.weir.lab.evaluate.GoalJudge;
import dev.weir.lab.evaluate.GoalText;
import dev.weir.lab.evaluate.Incident;
import dev.weir.lab.evaluate.IncidentLog;
import dev.weir.lab.evaluate.Watching;
import dev.weir.model.bundle.Bundle;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir goal}: is a policy worth what it costs? */
@Command(
    name = "goal",
    description =
        "Judge a policy against plain confidence in nested folds: wrong auto-accepts inside"
            + " incidents, and what that costs on clean rows. Exit code 1: a figure is missed.")
final class GoalCommand implements Callable<Integer> {
  @Mixin
  private JudgingOptions judging = new JudgingOptions();

  @Mixin
  private TrialOptions trial = new TrialOptions();

  @Option(
      names = "--accuracy",
      split = ",",
      defaultValue = "0.92,0.95",
      paramLabel = "A",
      description =
          "Accuracies of plain confidence's accepted rows, by which thresholds are chosen."
              + " Default: ${DEFAULT-VALUE}.")
  private List<Double> accuracies = List.of();

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "25,100",
      paramLabel = "N",
      description =
          "Records of the batches in which incidents are tried. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--watch-delay",
      defaultValue = "25",
      paramLabel = "N",
      description =
          "Records that are still decided as before after weir watch has noticed, until its order"
              + " reaches the gate. Default: ${DEFAULT-VALUE}.")
  private int watchDelay;

  @Option(
      names = "--watch-margin",
      defaultValue = "1.25",
      paramLabel = "TIMES",
      description = "weir watch's --margin: lower notices more and stops more that is in order."
          + " Default: ${DEFAULT-VALUE}.")
  private double watchMargin;

  @Option(
      names = "--repair",
      description = "Measure too what scoring records without the field that the watch blames would"
          + " do, in place of a stop.")
  private boolean repairs;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    for (double accuracy : accuracies) {
      if (!(accuracy > 0.5 && accuracy < 1)) {
        throw new IllegalArgumentException(
            "--accuracy " + accuracy + " is outside (0.5, 1); for instance 0.92");
      }
    }
    if (watchDelay < 0) {
      throw new IllegalArgumentException(
          "--watch-delay " + watchDelay + " is negative; give the records, for instance 25");
    }
    if (!(watchMargin >= 1)) {
      throw new IllegalArgumentException(
          "--watch-margin " + watchMargin
              + " is below 1, which would alarm more often than its share of windows; for instance 1.2");
    }
    trial.requireWritable();
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    IncidentLog log = judging.log();
    Goal goal;
    long start;
    try {
      Bundle bundle = judging.bundle();
      PolicyFile file = trial.policy(bundle.definition());
      JudgingOptions.Judging judged = judging.judging(file.fingerprint(), bundle, progress);
      start = System.nanoTime();
      goal = new GoalJudge(
              accuracies,
              sizes,
              trial.seed(),
              watching(),
              repairs,
              Runtime.getRuntime().availableProcessors(),
              log,
              progress)
          .judge(judged.arms(), file, trial.policy(), trial.suite(bundle.definition()));
    } finally {
      progress.finish();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    GoalText.of(goal).forEach(spec.commandLine().getOut()::println);
    TrialOptions.speed(
        decidedOnce(goal), log.takenUp(), seconds, spec.commandLine().getOut());
    trial.write(EvaluationJson.of(goal));
    return goal.isMetWatched() ? Weir.DONE : Weir.NO;
  }

  private Watching watching() {
    DriftWatch.Settings given = Watching.DEFAULTS.settings();
    return new Watching(
        new DriftWatch.Settings(given.falseAlarms(), watchMargin, given.ageMsMax()), watchDelay);
  }

  /** Each batch size decides the suite once for all accuracies. */
  private List<Incident> decidedOnce(Goal goal) {
    return goal.points().stream()
        .filter(point -> point.accuracy() == accuracies.get(0))
        .flatMap(point -> point.incidents().stream())
        .toList();
  }
}
