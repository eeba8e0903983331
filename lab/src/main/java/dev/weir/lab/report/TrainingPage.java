package dev.weir.lab.report;

import dev.weir.lab.judge.Judged;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.MainModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training run as one page: what a person needs to decide whether a bundle may stand behind a gate.
 * The same run gives the same bytes. Nothing is loaded from elsewhere, and there is no script.
 */
public final class TrainingPage {
  private final Page page = new Page();
  private final Bundle bundle;
  private final Judged judged;

  private TrainingPage(Bundle bundle, Judged judged) {
    this.bundle = bundle;
    this.judged = judged;
  }

  /**
   * The page.
   *
   * @param records the training records, in the order in which they were trained on
   * @param data the name of the file that they came from
   */
  public static String html(TrainingReport report, List<RawRecord> records, String data) {
    Judged judged = new Judged(report.outOfFold(), report.bundle().threshold());
    TrainingPage top = new TrainingPage(report.bundle(), judged);
    top.head(data, report.caution());
    top.tiles();
    new QualitySections(top.page, report, records, judged).write();
    new ModelSections(top.page, report, records, data).write();
    return top.page.end();
  }

  private void head(String data, Optional<String> caution) {
    String name = bundle.definition().domain().name();
    page.head(
        "Weir: training of " + name,
        "Weir training report",
        name,
        Html.number(bundle.parts().training().rows(), 0) + " labelled rows of " + data + ", "
            + Html.percent(judged.baseRate(), 1) + " of them true. A row is predicted true from a"
            + " probability of " + bundle.threshold() + ". " + honesty()
            + caution.map(text -> "Caution: " + text + ". ").orElse("")
            + foreign());
  }

  /** What the figures are free of, and what not. */
  private String honesty() {
    boolean isOwn = bundle.parts().model() instanceof MainModel.Native;
    boolean isTimed = bundle.definition().domain().timeField().isPresent();
    return "Every figure of the first four sections is out of fold: what gave a row its figures was fitted"
        + " without it and its group. Not so what was chosen or looked up: the kind of calibrator and the"
        + " fallback’s penalty were chosen on all rows, marks, categories and fills are those of all rows"
        + " (so no row here has an unknown category)"
        + (isOwn ? ", and the worlds behind the intervals come from fits to all labels" : "")
        + (isTimed ? "; here that carries a little of the future back" : "")
        + ". "
        + (isOwn
            ? "weir evaluate --folds trains anew without the rows it judges, and is free of this. "
            : "weir evaluate on rows that are not of this file is free of this. ");
  }

  /** What Weir cannot know of a model that it did not train. */
  private String foreign() {
    return bundle.parts().model() instanceof MainModel.Native
        ? ""
        : "The model itself was trained elsewhere; that it has not seen these rows is for whoever"
            + " brought it to know.";
  }

  private void tiles() {
    Map<String, Double> quality = bundle.parts().training().quality();
    page.beginTiles();
    tile("AUC", quality.get("auc"), "ranking; 0.5 is chance");
    tile("Brier score", quality.get("brier"), "squared error; lower is better");
    tile("Calibration error", quality.get("ece"), "ECE of ten equal widths");
    tile("Accuracy", quality.get("accuracy"), "at the threshold");
    tile("Fallback", quality.get("glmAccuracy"), "accuracy of the elastic net");
    tile(
        "AURC",
        judged.byPlainConfidence().area().orElse(Double.NaN),
        "mean risk over all coverages");
    page.endTiles();
  }

  private void tile(String name, @Nullable Double value, String meaning) {
    page.tile(name, value == null ? "–" : Html.number(value, 4), meaning);
  }
}
