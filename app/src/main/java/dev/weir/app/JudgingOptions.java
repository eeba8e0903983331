package dev.weir.app;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.evaluate.Arm;
import dev.weir.lab.evaluate.FoldBundles;
import dev.weir.lab.evaluate.IncidentLog;
import dev.weir.lab.role.BundleRows;
import dev.weir.lab.role.Openings;
import dev.weir.lab.role.RowSet.JudgeSet;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.MainModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
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
      description = "Where trained folds are kept, and finished incidents until all are, so that a"
          + " stopped run goes on and a later one trains nothing twice. Default: work/folds where"
          + " Weir lies.")
  private Path cache = Path.of(System.getProperty("weir.home", "."), "work", "folds");

  /**
   * What is judged, read and, where it must be, trained.
   *
   * @param openings how often the rows were opened to judge by, this time included; 0 out of fold, where they judge
   *     bundles of their own
   */
  record Judging(Bundle bundle, List<Arm> arms, int folds, String data, int openings) {
    /** Says how often rows that judge were opened. */
    void print(PrintWriter out) {
      if (openings > 0) {
        out.println(data + " was opened to judge by " + openings
            + (openings == 1 ? " time" : " times") + ", this one included");
      }
    }
  }

  /**
   * Reads both and trains what is not kept.
   *
   * @param policy what is judged with the bundle
   */
  Judging judging(Fingerprint policy, Bundle whole, Progress progress) {
    List<RawRecord> records = CsvRecords.labelled(data, whole.definition());
    String name = String.valueOf(data.getFileName());
    if (folds != 0) {
      return new Judging(whole, arms(whole, records, progress), folds, name, 0);
    }
    JudgeSet rows = JudgeSet.of(records, List.of(BundleRows.read(bundle, whole)));
    int openings = Openings.of(data).open(rows, whole.fingerprint(), policy, Instant.now());
    return new Judging(whole, List.of(Arm.ofJudgeSet(whole, rows)), 0, name, openings);
  }

  /** Where finished incidents are kept until all are. */
  IncidentLog log() {
    return IncidentLog.in(cache);
  }

  /** The bundle that was named. */
  Bundle bundle() {
    return BundleDirectory.read(bundle);
  }

  private List<Arm> arms(Bundle whole, List<RawRecord> records, Progress progress) {
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
