package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.bundle.TrainingFacts;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.metric.CalibrationError;
import dev.weir.model.metric.Discrimination;
import dev.weir.model.metric.ProbabilityLoss;
import dev.weir.model.numeric.Split;
import dev.weir.model.numeric.Weights;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.Scorer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains a bundle: what is chosen or calibrated is so on margins of members that did not see the
 * row, in folds that never split a group. The same rows and seed give the same bytes on one
 * machine, whatever the number of threads.
 */
public final class Trainer {
  private static final int GOLDEN_ROWS = 16;
  /* Fewer rows fill not even two bins of the 50 by which probabilities are judged; fewer of a class leave folds without it. */
  private static final int ROWS_MIN = 100;
  private static final int CLASS_ROWS_MIN = 10;

  private final DomainDefinition definition;
  private final TrainingSettings settings;
  private final Progress progress;

  public Trainer(DomainDefinition definition, TrainingSettings settings, Progress progress) {
    this.definition = definition;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Trains on labelled records and writes the bundle.
   *
   * @throws IllegalArgumentException if the records cannot be trained on, or the directory holds
   *     something else
   */
  public TrainingReport train(List<RawRecord> records, Path directory) {
    BundleDirectory.requireWritable(directory);
    if (definition.domain().probabilityField().isPresent()) {
      throw new IllegalArgumentException(
          "records of domain " + definition.domain().name()
              + " bring the probability of a model elsewhere; use weir bundle import, or remove the"
              + " field with role probability");
    }
    requireEnough(records);
    TrainingTable table = TrainingTable.of(definition, records, settings);
    requireFolds(table);
    int[] judged = table.folds().judged();
    Steps steps = new Steps(progress, jobs(table));

    Margins margins = Margins.empty(settings.members(), table.size());
    Members ensemble = members(table, margins, steps);
    double[] mean = Picked.of(margins.mean(), judged);
    boolean[] labels = Picked.of(table.labels(), judged);
    CalibratorFit calibrator = CalibratorFit.of(mean, labels, table.folds().amongJudged());
    Ranking.of(mean, labels)
        .requireAboveChance("what was learnt", "check the label and the fields, or give more rows");
    IntervalFit.Judged seen = judged(table, calibrator.pOutOfFold());
    FallbackFit fallback = FallbackFit.of(table, settings);
    IntervalFit intervals = intervals(table, ensemble, margins, fallback, calibrator, seen, steps);
    SlicePriors priors =
        table.slices().learn(IntStream.range(0, table.size()).toArray(), table.labels());

    OutOfFold outOfFold = outOfFold(table, calibrator, fallback, intervals);
    Bundle bundle = BundleDirectory.write(
        directory,
        new Bundle.BundleParts(
            definition,
            table.reference(),
            table.imputer(),
            ensemble.ensemble(),
            ensemble.models().stream().map(Boosting.Model::file).toList(),
            calibrator.choice().calibrator(),
            fallback.choice().fit().model(),
            intervals.intervals(),
            intervals.file(),
            priors,
            flagCounts(table, priors),
            table.definition().threshold(),
            facts(table, outOfFold)),
        records.subList(0, Math.min(GOLDEN_ROWS, records.size())));
    return new TrainingReport(
        bundle,
        outOfFold,
        outOfFold(table, calibrator, fallback, IntervalFit.vennAbers(seen, table)),
        calibrator.choice(),
        fallback.choice());
  }

  static void requireEnough(List<RawRecord> records) {
    int trues =
        (int) records.stream().filter(record -> record.label().orElseThrow()).count();
    int rarer = Math.min(trues, records.size() - trues);
    if (rarer == 0) {
      throw new IllegalArgumentException(
          "every label is " + (trues > 0) + "; training needs rows of both classes");
    }
    if (records.size() < ROWS_MIN || rarer < CLASS_ROWS_MIN) {
      throw new IllegalArgumentException(records.size() + " rows, " + trues
          + " of them true; training needs at least " + ROWS_MIN + " rows and "
          + CLASS_ROWS_MIN + " of each class: give more labelled rows");
    }
  }

  void requireFolds(TrainingTable table) {
    Folds folds = table.folds();
    if (folds.groups() < settings.folds()) {
      throw new IllegalArgumentException(table.size() + " rows in " + folds.groups()
          + " groups; training needs at least " + settings.folds() + " groups, one for each fold");
    }
    if (folds.amongJudged().isEmpty()) {
      throw new IllegalArgumentException(table.size() + " rows in " + folds.groups()
          + " groups, of which too few end before later ones begin; folds go forward in time and learn from"
          + " older groups only: give rows over a longer time, or groups that span less of it, or a domain without a field of"
          + " role time");
    }
    requireBothClasses(folds.splits(), table);
    for (int[] drawn :
        List.of(FallbackFit.rows(table, settings), WorldLessons.pool(table, settings))) {
      requireBothClasses(Picked.of(folds.splits(), drawn, table.size()), table);
    }
  }

  /** Whoever is to learn, the fallback and a world from a draw of many rows too, needs rows of both classes. */
  private static void requireBothClasses(List<Split> splits, TrainingTable table) {
    boolean isTimed = table.definition().domain().timeField().isPresent();
    for (int s = 0; s < splits.size(); s++) {
      int[] fitted = splits.get(s).fitted();
      long trues = IntStream.of(fitted).filter(i -> table.labels()[i]).count();
      if (trues == 0 || trues == fitted.length) {
        boolean lacking = trues == 0;
        throw new IllegalArgumentException("of the " + fitted.length
            + " rows that fold " + (s + 1) + " of " + splits.size() + " may learn from"
            + (isTimed ? ", which are older than all it judges," : "")
            + " none is " + lacking
            + "; training needs at least one of each class there: give more rows that are "
            + lacking + (isTimed ? ", early ones too" : ", of several groups"));
      }
    }
  }

  private int jobs(TrainingTable table) {
    int splits = table.folds().splits().size();
    int worlds = settings.intervals() == TrainingSettings.IntervalKind.QUANTILE
        ? WorldLessons.jobs(settings, splits, table.size())
        : 0;
    return settings.members() * (splits + 1) + worlds;
  }

  /** The ensemble of all rows; and the margins of each split's members on the rows that it judges. */
  private Members members(TrainingTable table, Margins margins, Steps steps) {
    int members = settings.members();
    List<Split> splits = table.folds().splits();
    int[] all = IntStream.range(0, table.size()).toArray();
    List<Trained> trained = new ParallelJobs(settings.threads())
        .run(
            (splits.size() + 1) * members,
            job -> {
              long seed = settings.seed() * 1_000_003 + job;
              boolean isFinal = job / members == splits.size();
              int[] fitted = isFinal ? all : splits.get(job / members).fitted();
              int[] judged = isFinal ? new int[0] : splits.get(job / members).judged();
              Boosting.Model model =
                  Members.train(table, new Members.Task(fitted, table.labels()), settings, seed);
              return new Trained(model, Margins.of(model, table.inputs(), judged));
            },
            done -> steps.done("members"));
    for (int job = 0; job < splits.size() * members; job++) {
      margins.put(job % members, splits.get(job / members), trained.get(job).margins());
    }
    return Members.of(trained.subList(splits.size() * members, trained.size()).stream()
        .map(Trained::model)
        .toList());
  }

  /** A member, and its margins on the rows that its split judges. */
  private record Trained(Boosting.Model model, float[] margins) {}

  private IntervalFit intervals(
      TrainingTable table,
      Members ensemble,
      Margins margins,
      FallbackFit fallback,
      CalibratorFit calibrator,
      IntervalFit.Judged judged,
      Steps steps) {
    if (settings.intervals() == TrainingSettings.IntervalKind.VENN_ABERS) {
      return IntervalFit.vennAbers(judged, table);
    }
    IntervalFit.Lessons lessons = new WorldLessons(table, settings, steps)
        .learn(
            ensemble,
            fallback,
            calibrator.choice().kind(),
            table.definition().threshold(),
            Disagreement.of(table.truths(), judged.byRow(), margins));
    return IntervalFit.quantile(lessons, judged, table, settings);
  }

  static IntervalFit.Judged judged(TrainingTable table, double[] p) {
    int[] rows = table.folds().judged();
    FeatureMatrix extras = new FeatureMatrix(rows.length, Intervals.EXTRAS);
    int[] cells = new int[rows.length];
    int[] position = new int[table.size()];
    for (int i = 0; i < rows.length; i++) {
      position[rows[i]] = i;
      cells[i] =
          Intervals.cell(table.fragile()[rows[i]], p[i] >= table.definition().threshold());
    }
    for (Split split : table.folds().splits()) {
      SlicePriors priors = table.slices().learn(split.fitted(), table.labels());
      for (int row : split.judged()) {
        double logit = Scorer.clippedLogit(p[position[row]]);
        extras.set(position[row], Scorer.quantileExtras(logit, priors.of(table.slices(), row)));
      }
    }
    return new IntervalFit.Judged(table, rows, extras, p, cells, Picked.of(table.labels(), rows));
  }

  /**
   * The judged rows that have all figures: where folds go forward in time, all but the first fold's, and with Venn–Abers
   * intervals, which are fitted to these figures, all but the first two folds'.
   */
  static OutOfFold outOfFold(
      TrainingTable table, CalibratorFit calibrator, FallbackFit fallback, IntervalFit intervals) {
    int[] judged = table.folds().judged();
    int[] kept = IntStream.range(0, judged.length)
        .filter(i ->
            !Double.isNaN(calibrator.pOutOfFold()[i]) && !Double.isNaN(intervals.lower()[i]))
        .toArray();
    int[] rows = IntStream.of(kept).map(i -> judged[i]).toArray();
    return new OutOfFold(
        rows,
        IntStream.of(rows).map(row -> table.folds().foldOfRow()[row]).toArray(),
        Picked.of(table.labels(), rows),
        Picked.of(table.fragile(), rows),
        Picked.of(calibrator.pOutOfFold(), kept),
        Picked.of(fallback.pOutOfFold(), rows),
        Picked.of(intervals.lower(), kept),
        Picked.of(intervals.upper(), kept));
  }

  static FlagCounts flagCounts(TrainingTable table, SlicePriors priors) {
    return FlagCounts.of(IntStream.range(0, table.size())
        .mapToObj(row -> new FlagCounts.Combination(
            table.truths()[row],
            table.unknowns()[row],
            priors.of(table.slices(), row).finestN(),
            1)));
  }

  TrainingFacts facts(TrainingTable table, OutOfFold judged) {
    double[] p = judged.pModel();
    double[] ones = Weights.ones(p.length);
    boolean[] labels = judged.labels();
    Map<String, Double> quality = new TreeMap<>();
    Discrimination.auc(p, labels, ones).ifPresent(auc -> quality.put("auc", auc));
    quality.put("brier", ProbabilityLoss.brier(p, labels, ones).orElseThrow());
    quality.put("ece", CalibrationError.equalWidth(p, labels, ones, 10).orElseThrow());
    quality.put("accuracy", accuracy(table, p, labels));
    quality.put(
        "aurc", judged.byPlainConfidence(table.definition().threshold()).area().orElseThrow());
    quality.put("glmAccuracy", accuracy(table, judged.pGlm(), labels));
    String ids =
        table.records().stream().map(RawRecord::id).sorted().collect(Collectors.joining("\n"));
    return new TrainingFacts(table.size(), Fingerprint.of(ids), settings.seed(), quality);
  }

  private static double accuracy(TrainingTable table, double[] p, boolean[] labels) {
    int right = 0;
    for (int i = 0; i < p.length; i++) {
      right += p[i] >= table.definition().threshold() == labels[i] ? 1 : 0;
    }
    return right / (double) p.length;
  }
}
