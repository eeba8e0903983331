package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Role;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.glm.ElasticNet;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.MainModel;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes a bundle around a model that was trained elsewhere (gate.md §5): calibrator, fallback,
 * intervals, priors and reference tables are fitted to labelled rows, which the model itself must
 * not have been trained on.
 *
 * <p>Where the model has several members, the interval is learnt from how these differ. Where there
 * is but one, bootstrap refits of the calibrator stand in for members: by group, and for each row
 * without the rows of its fold.
 */
public final class Importer {
  private static final int GOLDEN_ROWS = 16;

  private final DomainDefinition definition;
  private final TrainingSettings settings;
  private final Progress progress;

  public Importer(DomainDefinition definition, TrainingSettings settings, Progress progress) {
    this.definition = definition;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Around trees that the bundle will hold.
   *
   * @param members XGBoost's JSON or LightGBM's text; several are members of one ensemble
   * @param file the name that messages give the mapping
   * @param mapping how the model's columns come from a record
   * @throws IllegalArgumentException if model, mapping or records cannot be used, or the directory
   *     holds something else
   */
  public TrainingReport trees(
      List<byte[]> members, String file, String mapping, List<RawRecord> records, Path directory) {
    BundleDirectory.requireWritable(directory);
    Domain domain = definition.domain();
    if (domain.probabilityField().isPresent()) {
      throw new IllegalArgumentException("records of domain " + domain.name()
          + " bring a model's probability already; leave the model out, or remove the field with"
          + " role probability");
    }
    Trainer.requireBothClasses(records);
    TrainingTable table = TrainingTable.of(definition, records, settings);
    MainModel.Imported model = MainModel.Imported.of(
        members, file, mapping, domain, definition.flags(), table.reference());
    return fit(table, model, margins(table, model), directory);
  }

  /**
   * Around a model that stays elsewhere: each record brings its probability.
   *
   * @throws IllegalArgumentException if the domain or the records cannot be used, or the directory
   *     holds something else
   */
  public TrainingReport external(List<RawRecord> records, Path directory) {
    BundleDirectory.requireWritable(directory);
    if (definition.domain().probabilityField().isEmpty()) {
      throw new IllegalArgumentException("domain " + definition.domain().name()
          + " has no field with role probability; declare the one that records bring, or give the"
          + " model and its features");
    }
    Trainer.requireBothClasses(records);
    TrainingTable table = TrainingTable.of(definition, records, settings);
    return fit(table, new MainModel.External(), brought(table), directory);
  }

  /**
   * What the model says of each row.
   *
   * @param mean its margin
   * @param members by row, then member; no member where there is but one model
   */
  private record Margins(double[] mean, double[][] members) {
    boolean hasMembers() {
      return members[0].length > 1;
    }
  }

  private static Margins margins(TrainingTable table, MainModel.Imported model) {
    Featurizer columns = model.columns().featurizer();
    TreeEnsemble ensemble = model.ensemble();
    double[] mean = new double[table.size()];
    double[][] members = new double[table.size()][];
    for (int i = 0; i < mean.length; i++) {
      float[] margins = new float[ensemble.memberCount()];
      ensemble.margins(Scorer.inputs(columns.row(table.evidence().get(i))), margins);
      mean[i] = Scorer.mean(margins);
      members[i] = new double[margins.length];
      for (int k = 0; k < margins.length; k++) {
        members[i][k] = margins[k];
      }
    }
    return new Margins(mean, members);
  }

  private static Margins brought(TrainingTable table) {
    Domain domain = table.definition().domain();
    int probability = domain.firstAttribute(domain.probabilityField().orElseThrow());
    int[] brought =
        Arrays.stream(domain.fieldsOf(Role.MEMBER)).map(domain::firstAttribute).toArray();
    double[] mean = new double[table.size()];
    double[][] members = new double[table.size()][];
    for (int i = 0; i < mean.length; i++) {
      RawRecord record = table.records().get(i);
      mean[i] = Scorer.clippedLogit(record.number(probability));
      members[i] = Arrays.stream(brought)
          .mapToDouble(attribute -> Scorer.clippedLogit(record.number(attribute)))
          .toArray();
    }
    return new Margins(mean, members);
  }

  private TrainingReport fit(
      TrainingTable table, MainModel model, Margins margins, Path directory) {
    Surroundings around = new Surroundings(table, settings);
    around.requireFolds();
    progress.at("calibrating", 0, 3);
    CalibratorChoice choice = CalibratorChoice.choose(
        margins.mean(), table.labels(), around.ones(), table.folds().foldOfRow());
    Calibrator calibrator = choice.calibrator();
    progress.at("fallback", 1, 3);
    ElasticNet net = ElasticNet.withL1Ratio(settings.glmL1Ratio());
    ElasticNetChoice glm = net.choose(
        table.rows(),
        table.labels(),
        table.weights(settings.fragileWeight()),
        table.folds().foldOfRow());
    progress.at("intervals", 2, 3);
    SlicePriors priors = SlicePriors.learn(definition.prior(), table.evidence(), table.labels());
    double[] logits = Arrays.stream(margins.mean())
        .map(margin -> Scorer.clippedLogit(calibrator.probability(margin)))
        .toArray();
    double[][] targets = margins.hasMembers()
        ? spread(margins.members(), calibrator, logits)
        : refits(table, margins.mean(), choice.kind(), logits);
    IntervalFit intervals = new IntervalFit(table, logits, targets, priors, definition.threshold());
    IntervalFit.Fitted quantiles = intervals.fit(settings);
    progress.at("intervals", 3, 3);

    double[] p = around.calibrated(margins.mean(), choice.kind());
    double[] pGlm = around.fallback(net, glm);
    Bundle bundle = BundleDirectory.write(
        directory,
        new Bundle.BundleParts(
            definition,
            table.reference(),
            table.imputer(),
            model,
            calibrator,
            glm.fit().model(),
            quantiles.calibrator(),
            quantiles.file(),
            priors,
            around.flagCounts(priors),
            definition.threshold(),
            around.facts(p, pGlm)),
        table.records().subList(0, Math.min(GOLDEN_ROWS, table.size())));
    return new TrainingReport(
        bundle, around.outOfFold(p, pGlm, intervals.ends(quantiles.calibrator(), p)), choice, glm);
  }

  private static double[][] spread(double[][] members, Calibrator calibrator, double[] logits) {
    double[][] targets = new double[members.length][];
    for (int i = 0; i < members.length; i++) {
      double logit = logits[i];
      targets[i] = Arrays.stream(members[i])
          .map(margin -> Scorer.clippedLogit(calibrator.probability(margin)) - logit)
          .toArray();
    }
    return targets;
  }

  /** How far refits of the calibrator, none of which saw the row's fold, lie from it. */
  private double[][] refits(
      TrainingTable table, double[] margins, CalibratorChoice.Kind kind, double[] logits) {
    double[][] targets = new double[table.size()][settings.members()];
    SplittableRandom random = new SplittableRandom(settings.seed());
    for (int fold = 0; fold < settings.folds(); fold++) {
      int[] others = table.folds().rows(fold, false);
      int[] own = table.folds().rows(fold, true);
      for (int k = 0; k < settings.members(); k++) {
        Calibrator refit = refit(table, margins, kind, others, random);
        for (int i : own) {
          targets[i][k] = Scorer.clippedLogit(refit.probability(margins[i])) - logits[i];
        }
      }
    }
    return targets;
  }

  private static Calibrator refit(
      TrainingTable table,
      double[] margins,
      CalibratorChoice.Kind kind,
      int[] rows,
      SplittableRandom random) {
    int[] groupOfRow = table.folds().groupOfRow();
    int[] groups = Arrays.stream(rows).map(i -> groupOfRow[i]).distinct().toArray();
    int[] drawn = new int[table.folds().groups()];
    for (int i = 0; i < groups.length; i++) {
      drawn[groups[random.nextInt(groups.length)]]++;
    }
    int[] chosen = Arrays.stream(rows).filter(i -> drawn[groupOfRow[i]] > 0).toArray();
    boolean[] labels = new boolean[chosen.length];
    double[] weights = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      labels[i] = table.labels()[chosen[i]];
      weights[i] = drawn[groupOfRow[chosen[i]]];
    }
    return kind.fit(Arrays.stream(chosen).mapToDouble(i -> margins[i]).toArray(), labels, weights);
  }
}
