package dev.weir.bench;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.UnusableBundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.score.MainModel;
import dev.weir.model.score.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What every benchmark scores: a bundle trained on a synthetic world of passengers, and records of
 * that world, a power of two of them, as records and as the rows that trees read.
 */
public final class Workload {
  private static final long SEED = 20261101;
  private static final int GOLDEN_ROWS = 16;
  private static final int RECORDS = 4096;
  private static final Path HOME = Path.of("target", "workloads");

  /** The trained bundle. */
  public final Bundle bundle;

  /** The records in turn. */
  public final List<RawRecord> records;

  final float[][] rows;
  final int[] sourceOfColumn;
  private final Featurizer featurizer;
  private int next;

  private Workload(Bundle bundle, List<RawRecord> records) {
    DomainDefinition definition = bundle.definition();
    this.bundle = bundle;
    this.records = records.subList(0, Integer.highestOneBit(records.size()));
    this.featurizer = new Featurizer(
        definition.domain(), definition.flags(), definition.features(), bundle.reference());
    this.sourceOfColumn = featurizer.sourceOfColumn();
    this.rows = this.records.stream()
        .map(record -> Scorer.inputs(featurizer.row(bundle.evidence(record))))
        .toArray(float[][]::new);
  }

  /** A workload of a shape, trained once and kept below the directory. */
  static Workload of(String shape, int records, Path directory) {
    Path home = directory(shape, records, directory);
    Path bundle = home.resolve("bundle");
    List<RawRecord> world = world(records, csv(home), DomainDefinition.shipped("passenger"));
    if (Files.exists(bundle)) {
      try {
        return new Workload(BundleDirectory.read(bundle), world);
      } catch (UnusableBundle stale) {
        System.err.println("trained again: " + stale.getMessage());
      }
    }
    return new Workload(train(shape, world, bundle), world);
  }

  /**
   * A bundle with members of a shape, {@code MEMBERSxTREESxDEPTH}. What surrounds them is learnt
   * beside smaller ones, which changes what it answers but not how long that takes.
   */
  static Bundle train(String shape, List<RawRecord> records, Path directory) {
    DomainDefinition definition = DomainDefinition.shipped("passenger");
    TrainingSettings settings = new TrainingSettings(
        SEED, 2, 2, 20, 5, 0.08, 1, 3, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 100_000, 1);
    Bundle base = new Trainer(definition, settings, Progress.silent())
        .train(records, directory)
        .bundle();
    float[][] rows = records.stream()
        .map(record -> Scorer.inputs(base.columns().row(base.evidence(record))))
        .toArray(float[][]::new);
    boolean[] labels = new boolean[records.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = records.get(i).label().orElseThrow();
    }
    return BundleDirectory.write(
        directory,
        with(Shape.parse(shape).train(rows, labels, SEED), base.parts()),
        records.subList(0, GOLDEN_ROWS));
  }

  private static Bundle.BundleParts with(MainModel model, Bundle.BundleParts parts) {
    return new Bundle.BundleParts(
        parts.definition(),
        parts.reference(),
        parts.imputer(),
        model,
        parts.calibrator(),
        parts.glm(),
        parts.intervals(),
        parts.intervalsFile(),
        parts.priors(),
        parts.flagCounts(),
        parts.threshold(),
        parts.training());
  }

  /** The workload of the benchmarks, below the module's own {@code target}. */
  public static Workload of(String shape) {
    return of(shape, RECORDS, HOME);
  }

  /** Where that workload's bundle is, in a directory of its own, and its passengers' file. */
  public static Path directory(String shape) {
    return directory(shape, RECORDS, HOME);
  }

  /** The passengers' file in a workload's directory. */
  public static Path csv(Path directory) {
    return directory.resolve("world.csv");
  }

  private static Path directory(String shape, int records, Path home) {
    return home.resolve(shape + "-" + records);
  }

  private static List<RawRecord> world(int records, Path csv, DomainDefinition definition) {
    try {
      if (csv.getParent() != null) {
        Files.createDirectories(csv.getParent());
      }
      PassengerWorld.writeCsv(csv, PassengerWorld.rows(records, SEED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CsvRecords.labelled(csv, definition);
  }

  /** The next record in turn, so that no branch predictor learns one by heart. */
  RawRecord nextRecord() {
    return records.get(next++ & records.size() - 1);
  }

  /** The next row in turn. */
  float[] nextRow() {
    return rows[next++ & rows.length - 1];
  }

  /** The trees of a bundle that this class trained. */
  static MainModel.Native trees(Bundle bundle) {
    return (MainModel.Native) bundle.parts().model();
  }

  List<byte[]> files() {
    return trees(bundle).files();
  }

  List<BoosterFile> boosters() {
    return files().stream().map(BoosterFile::read).toList();
  }

  WeirTrees weir() {
    return new WeirTrees(
        trees(bundle).ensemble(), sourceOfColumn, featurizer.sources().size());
  }
}
