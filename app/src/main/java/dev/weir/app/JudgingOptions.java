package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.evaluate.Arm;
import dev.weir.lab.evaluate.FoldBundles;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.MainModel;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What is judged, and on which rows. */
final class JudgingOptions {
  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "Bundle directory; with --folds, its domain and seed are trained anew.")
  private Path bundle = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "CSV with a header and the label.")
  private Path data = Path.of("");

  @Option(
      names = "--folds",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Judge the rows out of fold by group: for each of N folds, a bundle is trained on"
              + " the others. Default: judge the bundle itself, on rows it was not trained on.")
  private int folds;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where trained folds are kept, so that a stopped run goes on and a later one"
          + " trains nothing twice. Default: work/folds where Weir lies.")
  private Path cache = Path.of(System.getProperty("weir.home", "."), "work", "folds");

  private Bundle loaded() {
    return BundleDirectory.read(bundle);
  }

  /** What is judged, read and, where it must be, trained. */
  record Judging(Bundle bundle, List<RawRecord> records, List<Arm> arms, int folds, String data) {}

  Judging judging(Progress progress) {
    Bundle whole = loaded();
    List<RawRecord> records = CsvRecords.labelled(data, whole.definition());
    return new Judging(
        whole, records, arms(whole, records, progress), folds, String.valueOf(data.getFileName()));
  }

  private List<Arm> arms(Bundle whole, List<RawRecord> records, Progress progress) {
    if (folds == 0) {
      return List.of(Arm.ofJudgeSet(whole, records));
    }
    if (folds < 2) {
      throw new IllegalArgumentException("--folds " + folds + " is below 2");
    }
    if (!(whole.parts().model() instanceof MainModel.Native)) {
      throw new IllegalArgumentException(
          "the model of " + bundle + " was trained elsewhere, so Weir"
              + " cannot train it without a fold; leave out --folds and judge it on rows that neither it"
              + " nor the bundle has seen");
    }
    return new FoldBundles(
            cache,
            whole.definition(),
            TrainingSettings.defaults(whole.parts().training().seed()),
            progress)
        .arms(records, folds);
  }
}
