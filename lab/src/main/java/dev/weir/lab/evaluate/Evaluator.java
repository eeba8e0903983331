package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.judge.Coverage;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.train.OutOfFold;
import dev.weir.lab.train.Progress;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.metric.RiskCoverage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Judges a gate on rows that its bundle has not seen (lab.md §9). */
public final class Evaluator {
  private static final int RESAMPLES = 1_000;
  private static final int CURVE_STEPS = 100;
  private static final List<Batching> BATCHINGS = List.of(
      new Batching(1), new Batching(10), new Batching(25), new Batching(100), Batching.BY_GROUP);

  private final Settings settings;
  private final IncidentLog log;
  private final Progress progress;

  /**
   * @param log where finished incidents are kept until all are
   */
  public Evaluator(Settings settings, IncidentLog log, Progress progress) {
    this.settings = settings;
    this.log = log;
    this.progress = progress;
  }

  /**
   * How to judge.
   *
   * @param batchSize of the batches that curves and slices are judged in
   * @param seed of resamples and corruptions
   * @param incidentSizes of the batches in which incidents are tried; none leaves the suite out
   */
  public record Settings(int batchSize, long seed, List<Integer> incidentSizes, int threads) {
    public Settings {
      incidentSizes = List.copyOf(incidentSizes);
    }
  }

  /** What is judged, by name. */
  public record Names(Fingerprint bundle, String policy, String data, int folds) {}

  /**
   * Judges one policy.
   *
   * @param arms rows and the bundles that have not seen them
   * @param suite what to try it with, for the arms' domain
   * @throws IllegalArgumentException if the policy needs what the bundles cannot give
   */
  public Evaluation evaluate(
      List<Arm> arms, PolicyFile policy, CorruptionSuite suite, Names names) {
    List<Contestant> contestants =
        arms.stream().map(arm -> Contestant.of(arm, policy)).toList();
    List<CleanRun> clean = new ArrayList<>();
    for (Batching batching : BATCHINGS) {
      clean.add(CleanRun.of(contestants, batching, settings.threads()));
      progress.at("clean rows", clean.size(), BATCHINGS.size() + 1);
    }
    CleanRun main =
        CleanRun.of(contestants, new Batching(settings.batchSize()), settings.threads());
    Rows rows = Rows.of(main);
    List<Evaluation.SliceRow> slices = new SliceCosts(
            contestants, settings.batchSize(), settings.threads())
        .rows(rows.judged(), main, policy.policy());
    return new Evaluation(
        origin(arms, policy, names),
        rows.judged(),
        comparison(rows),
        clean.stream().map(CleanRun::row).toList(),
        slices,
        AgreementRows.of(rows.judged(), rows.decisions()),
        Coverage.of(rows.judged()),
        corruptions(contestants, suite));
  }

  private Evaluation.Origin origin(List<Arm> arms, PolicyFile policy, Names names) {
    String ids = arms.stream()
        .map(Arm::rows)
        .flatMap(Collection::stream)
        .map(RawRecord::id)
        .sorted()
        .collect(Collectors.joining("\n"));
    return new Evaluation.Origin(
        names.bundle(),
        names.policy(),
        policy.fingerprint(),
        names.data(),
        Fingerprint.of(ids),
        names.folds(),
        settings.batchSize());
  }

  /** Clean rows of all arms, one after the other. */
  private record Rows(
      List<Decision> decisions,
      Judged judged,
      boolean[] wrong,
      boolean[] sound,
      double[] slack,
      double[] confidence,
      int[] group) {
    static Rows of(CleanRun run) {
      List<Decision> decisions = new ArrayList<>();
      List<Integer> folds = new ArrayList<>();
      List<Double> slacks = new ArrayList<>();
      Map<String, Integer> groups = new HashMap<>();
      for (int arm = 0; arm < run.passages().size(); arm++) {
        Passage passage = run.passages().get(arm);
        for (Optional<Decision> one : passage.decisions()) {
          Decision decision = one.orElseThrow();
          decisions.add(decision);
          folds.add(arm);
          slacks.add(run.slack(arm).of(decision));
        }
      }
      int n = decisions.size();
      OutOfFold figures = figures(decisions, folds);
      Judged judged = new Judged(figures, run.passages().get(0).threshold());
      boolean[] wrong = new boolean[n];
      boolean[] sound = new boolean[n];
      double[] confidence = new double[n];
      int[] group = new int[n];
      for (int i = 0; i < n; i++) {
        RawRecord record = decisions.get(i).evidence().record();
        wrong[i] = judged.isWrong(i);
        sound[i] = slacks.get(i) >= 0;
        confidence[i] = 1 - judged.expectedError(i);
        group[i] = groups.computeIfAbsent(record.group(), g -> groups.size());
      }
      return new Rows(
          decisions,
          judged,
          wrong,
          sound,
          slacks.stream().mapToDouble(Double::doubleValue).toArray(),
          confidence,
          group);
    }

    private static OutOfFold figures(List<Decision> decisions, List<Integer> folds) {
      int n = decisions.size();
      boolean[] labels = new boolean[n];
      boolean[] fragile = new boolean[n];
      for (int i = 0; i < n; i++) {
        labels[i] = decisions.get(i).evidence().record().label().orElseThrow();
        fragile[i] = decisions.get(i).judgement().fragile();
      }
      return new OutOfFold(
          IntStream.range(0, n).toArray(),
          folds.stream().mapToInt(Integer::intValue).toArray(),
          labels,
          fragile,
          decisions.stream().mapToDouble(d -> d.score().pModel()).toArray(),
          decisions.stream().mapToDouble(d -> d.score().pGlm()).toArray(),
          decisions.stream().mapToDouble(d -> d.score().p10()).toArray(),
          decisions.stream().mapToDouble(d -> d.score().p90()).toArray());
    }
  }

  private Evaluation.Comparison comparison(Rows rows) {
    PairedBootstrap.Differences differences = new PairedBootstrap(
            rows.wrong(), rows.sound(), rows.slack(), rows.confidence(), rows.group())
        .differences(RESAMPLES, settings.seed());
    RiskCoverage gate = rows.judged().curve(row -> rows.slack()[row]);
    RiskCoverage plain = rows.judged().byPlainConfidence();
    int accepted = 0;
    int wrong = 0;
    for (int i = 0; i < rows.wrong().length; i++) {
      accepted += rows.sound()[i] ? 1 : 0;
      wrong += rows.sound()[i] && rows.wrong()[i] ? 1 : 0;
    }
    double coverage = accepted / (double) rows.wrong().length;
    List<Evaluation.CurvePoint> curve = new ArrayList<>();
    for (int step = 2; step <= CURVE_STEPS; step++) {
      double share = step / (double) CURVE_STEPS;
      curve.add(new Evaluation.CurvePoint(
          share, gate.riskAt(share).orElse(0), plain.riskAt(share).orElse(0)));
    }
    return new Evaluation.Comparison(
        coverage,
        accepted == 0 ? 0 : wrong / (double) accepted,
        accepted == 0 ? 0 : plain.riskAt(coverage).orElse(0),
        differences.accuracy(),
        gate.area().orElse(0),
        plain.area().orElse(0),
        differences.area(),
        curve);
  }

  private Evaluation.Corruptions corruptions(List<Contestant> contestants, CorruptionSuite suite) {
    if (settings.incidentSizes().isEmpty()) {
      return Evaluation.Corruptions.NONE;
    }
    List<CleanRun> clean = settings.incidentSizes().stream()
        .map(size -> CleanRun.of(contestants, new Batching(size), settings.threads()))
        .toList();
    List<Incident> incidents = new IncidentRun(
            contestants, clean, settings.seed(), Watching.DEFAULTS, false)
        .incidents(suite, settings.threads(), log, progress);
    return new Evaluation.Corruptions(
        incidents,
        clean.stream()
            .flatMap(run -> Summary.of(incidents, run.batching().label()).stream())
            .toList());
  }
}
