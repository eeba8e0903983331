package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Role;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.numeric.Split;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.MainModel;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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
  /* Lessons are whole rows of columns, and what many rows teach needs not every member of each. */
  private static final int LESSONS_PER_ROW = 2;
  /* In logits. Real models rise by several. */
  private static final double RISE_MIN = 0.01;

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
    Trainer.requireEnough(records);
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
    Trainer.requireEnough(records);
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
      ensemble.margins(
          Scorer.inputs(columns.row(table.reader().read(table.records().get(i)))), margins);
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
    Trainer trainer = new Trainer(definition, settings, progress);
    trainer.requireFolds(table);
    int[] judged = table.folds().judged();
    progress.at("calibrating", 0, 3);
    CalibratorFit calibrator = CalibratorFit.of(
        Picked.of(margins.mean(), judged),
        Picked.of(table.labels(), judged),
        table.folds().amongJudged());
    requireSense(table, Picked.of(margins.mean(), judged), calibrator.choice().calibrator());
    progress.at("fallback", 1, 3);
    FallbackFit fallback = FallbackFit.of(table, settings);
    progress.at("intervals", 2, 3);
    IntervalFit.Judged seen = Trainer.judged(table, calibrator.pOutOfFold());
    IntervalFit intervals =
        IntervalFit.quantile(lessons(table, margins, calibrator.choice()), seen, table, settings);
    progress.at("intervals", 3, 3);
    SlicePriors priors =
        table.slices().learn(IntStream.range(0, table.size()).toArray(), table.labels());
    OutOfFold outOfFold = Trainer.outOfFold(table, calibrator, fallback, intervals);
    Bundle bundle = BundleDirectory.write(
        directory,
        new Bundle.BundleParts(
            definition,
            table.reference(),
            table.imputer(),
            model,
            calibrator.choice().calibrator(),
            fallback.choice().fit().model(),
            intervals.intervals(),
            intervals.file(),
            priors,
            Trainer.flagCounts(table, priors),
            definition.threshold(),
            trainer.facts(table, outOfFold)),
        table.records().subList(0, Math.min(GOLDEN_ROWS, table.size())));
    return new TrainingReport(
        bundle,
        outOfFold,
        Trainer.outOfFold(table, calibrator, fallback, IntervalFit.vennAbers(seen, table)),
        calibrator.choice(),
        fallback.choice());
  }

  /** A model that ranks against the label, or not at all, would get a flat calibrator, and the base rate accepted. */
  private void requireSense(TrainingTable table, double[] margins, Calibrator calibrator) {
    Domain domain = definition.domain();
    String label = domain.labelField().isPresent()
        ? domain.fields().get(domain.labelField().getAsInt()).name()
        : "the label";
    String advice = "check that the model gives the probability that " + label
        + " is true, and each row its own; or give more rows";
    Ranking.of(margins, Picked.of(table.labels(), table.folds().judged()))
        .requireAboveChance("the model", advice);
    double least = Arrays.stream(margins).min().orElseThrow();
    double greatest = Arrays.stream(margins).max().orElseThrow();
    double rise = Scorer.clippedLogit(calibrator.probability(greatest))
        - Scorer.clippedLogit(calibrator.probability(least));
    if (!(rise >= RISE_MIN)) {
      throw new IllegalArgumentException(
          "the model says nothing that its calibrator can use: from its least to its greatest"
              + " margin, the calibrated logit rises by " + rise + ", less than " + RISE_MIN + "; "
              + advice);
    }
  }

  /**
   * How far members, or refits of the calibrator, lie from the probability, for each judged row. Of many rows it is a draw of
   * them, and some members or refits for each in turn.
   */
  private IntervalFit.Lessons lessons(
      TrainingTable table, Margins margins, CalibratorChoice choice) {
    int others = margins.hasMembers() ? margins.members()[0].length : settings.members();
    int[] pool = WorldLessons.pool(table, settings);
    List<Split> splits = Picked.of(table.folds().splits(), pool, table.size());
    int rows = splits.stream().mapToInt(split -> split.judged().length).sum();
    int perRow =
        Math.max(1, Math.min(others, LESSONS_PER_ROW * settings.rowsMax() / Math.max(1, rows)));
    int size = rows * perRow;
    IntervalFit.Lessons lessons = new IntervalFit.Lessons(
        new FeatureMatrix(size, table.inputs().columns() + Intervals.EXTRAS),
        new float[size],
        new int[size],
        new int[size]);
    SplittableRandom random = new SplittableRandom(settings.seed());
    int next = 0;
    for (Split split : splits) {
      SlicePriors priors = table.slices().learn(split.fitted(), table.labels());
      List<Calibrator> refits = new ArrayList<>();
      for (int k = 0; !margins.hasMembers() && k < others; k++) {
        refits.add(refit(table, margins.mean(), choice.kind(), split.fitted(), random));
      }
      for (int row : split.judged()) {
        double margin = margins.mean()[row];
        double p = choice.calibrator().probability(margin);
        for (int i = 0; i < perRow; i++) {
          int k = next % others;
          double other = margins.hasMembers()
              ? choice.calibrator().probability(margins.members()[row][k])
              : refits.get(k).probability(margin);
          lessons.inputs().set(next, IntervalFit.input(table, row, p, priors));
          lessons.errors()[next] = (float) (Scorer.clippedLogit(other) - Scorer.clippedLogit(p));
          lessons.cells()[next] = Intervals.cell(table.fragile()[row], p >= definition.threshold());
          lessons.rows()[next] = row;
          next++;
        }
      }
    }
    return lessons;
  }

  /** The calibrator fitted to a bootstrap of whole groups. */
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
    return kind.fit(
        Picked.of(margins, chosen),
        Picked.of(table.labels(), chosen),
        Arrays.stream(chosen).mapToDouble(i -> drawn[groupOfRow[i]]).toArray());
  }
}
