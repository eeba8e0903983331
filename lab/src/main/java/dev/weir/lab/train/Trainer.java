package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.bundle.TrainingFacts;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.glm.ElasticNet;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.metric.CalibrationError;
import dev.weir.model.metric.Discrimination;
import dev.weir.model.metric.ProbabilityLoss;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.Scorer;
import java.nio.file.Path;
import java.util.Arrays;
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
    requireBothClasses(records);
    TrainingTable table = TrainingTable.of(definition, records, settings);
    requireFolds(table);
    List<BaggedEnsemble> ensembles = ensembles(table);
    BaggedEnsemble ensemble = ensembles.get(settings.folds());
    float[][] margins = outOfFold(table, ensembles);
    double[] mean = Arrays.stream(margins).mapToDouble(Scorer::mean).toArray();
    double[] ones = new double[table.size()];
    Arrays.fill(ones, 1);

    progress.at("calibrating", 0, 3);
    CalibratorChoice choice =
        CalibratorChoice.choose(mean, table.labels(), ones, table.folds().foldOfRow());
    Calibrator calibrator = choice.calibrator();
    progress.at("fallback", 1, 3);
    double[] weights = table.weights(settings.fragileWeight());
    ElasticNet net = ElasticNet.withL1Ratio(settings.glmL1Ratio());
    ElasticNetChoice glm =
        net.choose(table.rows(), table.labels(), weights, table.folds().foldOfRow());
    progress.at("intervals", 2, 3);
    SlicePriors priors = SlicePriors.learn(definition.prior(), table.evidence(), table.labels());
    IntervalFit intervals =
        IntervalFit.of(table, margins, calibrator, priors, definition.threshold());
    IntervalFit.Fitted quantiles = intervals.fit(settings);
    progress.at("intervals", 3, 3);

    double[] p = calibratedOutOfFold(table, mean, choice.kind());
    double[] pGlm = glmOutOfFold(table, net, weights, glm);
    Bundle bundle = BundleDirectory.write(
        directory,
        new Bundle.BundleParts(
            definition,
            table.reference(),
            table.imputer(),
            ensemble.ensemble(),
            ensemble.files(),
            calibrator,
            glm.fit().model(),
            quantiles.calibrator(),
            quantiles.file(),
            priors,
            flagCounts(table, priors),
            definition.threshold(),
            facts(table, p, pGlm)),
        records.subList(0, Math.min(GOLDEN_ROWS, records.size())));
    return new TrainingReport(bundle, outOfFold(table, p, pGlm, intervals, quantiles), choice, glm);
  }

  static void requireBothClasses(List<RawRecord> records) {
    long trues = records.stream().filter(record -> record.label().orElseThrow()).count();
    if (trues == 0 || trues == records.size()) {
      throw new IllegalArgumentException(
          "every label is " + (trues > 0) + "; training needs rows of both classes");
    }
  }

  private void requireFolds(TrainingTable table) {
    if (table.folds().groups() < settings.folds()) {
      throw new IllegalArgumentException(
          table.size() + " rows in " + table.folds().groups() + " groups; training needs at least "
              + settings.folds() + " groups, one for each fold");
    }
    for (int fold = 0; fold < settings.folds(); fold++) {
      if (!table.hasBothClasses(table.folds().rows(fold, false))) {
        throw new IllegalArgumentException(
            "too few rows of one class: without one of " + settings.folds()
                + " folds there are not both classes left; training needs more rows");
      }
    }
  }

  /** One ensemble without each fold's rows, and the last one of all rows. */
  private List<BaggedEnsemble> ensembles(TrainingTable table) {
    int members = settings.members();
    int jobs = (settings.folds() + 1) * members;
    List<byte[]> files = new ParallelJobs(settings.threads())
        .run(
            jobs,
            job -> {
              int fold = job / members;
              int[] rows = fold == settings.folds()
                  ? IntStream.range(0, table.size()).toArray()
                  : table.folds().rows(fold, false);
              return BaggedEnsemble.member(
                  table, rows, settings, settings.seed() * 1_000_003 + job);
            },
            done -> progress.at("members", done, jobs));
    return IntStream.rangeClosed(0, settings.folds())
        .mapToObj(f -> BaggedEnsemble.of(files.subList(f * members, (f + 1) * members)))
        .toList();
  }

  private float[][] outOfFold(TrainingTable table, List<BaggedEnsemble> ensembles) {
    float[][] margins = new float[table.size()][];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = ensembles.get(table.folds().foldOfRow()[i]).margins(table.inputs()[i]);
    }
    return margins;
  }

  /** Each row's probability by a calibrator that did not see its fold. */
  private double[] calibratedOutOfFold(
      TrainingTable table, double[] margins, CalibratorChoice.Kind kind) {
    double[] probabilities = new double[margins.length];
    for (int fold = 0; fold < settings.folds(); fold++) {
      int[] others = table.folds().rows(fold, false);
      boolean[] labels = new boolean[others.length];
      double[] ones = new double[others.length];
      Arrays.fill(ones, 1);
      for (int i = 0; i < others.length; i++) {
        labels[i] = table.labels()[others[i]];
      }
      Calibrator calibrator =
          kind.fit(IntStream.of(others).mapToDouble(i -> margins[i]).toArray(), labels, ones);
      for (int i : table.folds().rows(fold, true)) {
        probabilities[i] = calibrator.probability(margins[i]);
      }
    }
    return probabilities;
  }

  private double[] glmOutOfFold(
      TrainingTable table, ElasticNet net, double[] weights, ElasticNetChoice chosen) {
    double[] probabilities = new double[table.size()];
    for (int fold = 0; fold < settings.folds(); fold++) {
      int[] fit = table.folds().rows(fold, false);
      boolean[] labels = new boolean[fit.length];
      for (int i = 0; i < fit.length; i++) {
        labels[i] = table.labels()[fit[i]];
      }
      var model = net.fit(
              IntStream.of(fit).mapToObj(i -> table.rows()[i]).toArray(double[][]::new),
              labels,
              IntStream.of(fit).mapToDouble(i -> weights[i]).toArray(),
              chosen.fit().lambda())
          .model();
      for (int i : table.folds().rows(fold, true)) {
        probabilities[i] = model.probability(table.rows()[i]);
      }
    }
    return probabilities;
  }

  private static OutOfFold outOfFold(
      TrainingTable table,
      double[] p,
      double[] pGlm,
      IntervalFit intervals,
      IntervalFit.Fitted quantiles) {
    double[][] ends = intervals.ends(quantiles.calibrator(), p);
    return new OutOfFold(
        IntStream.range(0, table.size()).toArray(),
        table.folds().foldOfRow(),
        table.labels(),
        table.fragile(),
        p,
        pGlm,
        ends[0],
        ends[1]);
  }

  private static FlagCounts flagCounts(TrainingTable table, SlicePriors priors) {
    Map<String, FlagCounts.Combination> counts = new TreeMap<>();
    table.evidence().forEach(evidence -> {
      long truths = evidence.flags().truths();
      long unknowns = evidence.flags().unknowns();
      int finestN = priors.of(evidence).finestN();
      counts.merge(
          String.format("%016x %016x %010d", truths, unknowns, finestN),
          new FlagCounts.Combination(truths, unknowns, finestN, 1),
          (a, b) -> new FlagCounts.Combination(truths, unknowns, finestN, a.count() + b.count()));
    });
    return new FlagCounts(List.copyOf(counts.values()));
  }

  private TrainingFacts facts(TrainingTable table, double[] p, double[] glm) {
    double[] ones = new double[p.length];
    Arrays.fill(ones, 1);
    boolean[] labels = table.labels();
    Map<String, Double> quality = new TreeMap<>();
    quality.put("auc", Discrimination.auc(p, labels, ones).orElseThrow());
    quality.put("brier", ProbabilityLoss.brier(p, labels, ones).orElseThrow());
    quality.put("ece", CalibrationError.equalWidth(p, labels, ones, 10).orElseThrow());
    quality.put("accuracy", accuracy(p, labels));
    quality.put("glmAccuracy", accuracy(glm, labels));
    String ids =
        table.records().stream().map(RawRecord::id).sorted().collect(Collectors.joining("\n"));
    return new TrainingFacts(table.size(), Fingerprint.of(ids), settings.seed(), quality);
  }

  private double accuracy(double[] p, boolean[] labels) {
    int right = 0;
    for (int i = 0; i < p.length; i++) {
      right += p[i] >= definition.threshold() == labels[i] ? 1 : 0;
    }
    return right / (double) p.length;
  }
}
