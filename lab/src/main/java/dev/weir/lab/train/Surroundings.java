package dev.weir.lab.train;

import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.FlagCounts;
import dev.weir.model.bundle.TrainingFacts;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.glm.ElasticNet;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.metric.CalibrationError;
import dev.weir.model.metric.Discrimination;
import dev.weir.model.metric.ProbabilityLoss;
import dev.weir.model.prior.SlicePriors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is made and measured of training rows around a main model, whoever trained that: figures out
 * of fold, reference counts and facts.
 */
record Surroundings(TrainingTable table, TrainingSettings settings) {
  /** A weight of 1 for every row. */
  double[] ones() {
    double[] ones = new double[table.size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  void requireFolds() {
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

  /** Each row's probability by a calibrator that did not see its fold. */
  double[] calibrated(double[] margins, CalibratorChoice.Kind kind) {
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

  /** Each row's probability by a fallback that did not see its fold. */
  double[] fallback(ElasticNet net, ElasticNetChoice chosen) {
    double[] weights = table.weights(settings.fragileWeight());
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

  /**
   * Everything that was said out of fold.
   *
   * @param ends lower and upper ends of the intervals, by row
   */
  OutOfFold outOfFold(double[] p, double[] pGlm, double[][] ends) {
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

  /** How often each combination of flags stood among the rows. */
  FlagCounts flagCounts(SlicePriors priors) {
    Map<String, FlagCounts.Combination> counts = new TreeMap<>();
    table.evidence().forEach(evidence -> {
      long truths = evidence.flags().truths();
      long unknowns = evidence.flags().unknowns();
      int finestN = priors.of(evidence).finestN();
      counts.merge(
          String.format(Locale.ROOT, "%016x %016x %010d", truths, unknowns, finestN),
          new FlagCounts.Combination(truths, unknowns, finestN, 1),
          (a, b) -> new FlagCounts.Combination(truths, unknowns, finestN, a.count() + b.count()));
    });
    return new FlagCounts(List.copyOf(counts.values()));
  }

  /** The rows and how good everything was out of fold. */
  TrainingFacts facts(double[] p, double[] glm) {
    double[] ones = ones();
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
      right += p[i] >= table.definition().threshold() == labels[i] ? 1 : 0;
    }
    return right / (double) p.length;
  }
}
