package dev.weir.lab.report;

import dev.weir.lab.judge.Judged;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.MainModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A training run as one page: what a person needs to decide whether a bundle may stand behind a gate.
 * The same run gives the same bytes. Nothing is loaded from elsewhere, and there is no script.
 */
public final class TrainingPage {
  private final Html page;
  private final Bundle bundle;
  private final Judged judged;

  private TrainingPage(Html page, Bundle bundle, Judged judged) {
    this.page = page;
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
    Page page = new Page();
    Judged judged = new Judged(report.outOfFold(), report.bundle().threshold());
    TrainingPage top = new TrainingPage(page.html(), report.bundle(), judged);
    top.head(data);
    top.summary();
    new QualitySections(page, report, records, judged).write();
    new ModelSections(page, report, records, data).write();
    return page.html().raw("</main></body></html>\n").toString();
  }

  private void head(String data) {
    String name = bundle.definition().domain().name();
    page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">")
        .element("title", "Weir: training of " + name)
        .raw("<style>" + style() + "</style></head><body><main><header>")
        .element("p class=\"kicker\"", "Weir training report")
        .element("h1", name);
    page.raw("<p class=\"lead\">")
        .text(Html.number(bundle.parts().training().rows(), 0) + " labelled rows of " + data + ", "
            + Html.percent(judged.baseRate(), 1) + " of them true. A row is predicted true from a"
            + " probability of " + bundle.threshold() + ". Every figure of the first four sections"
            + " is out of fold: said of each row by what was not fitted to it or its group. "
            + foreign())
        .raw("</p></header>");
  }

  /** What Weir cannot know of a model that it did not train. */
  private String foreign() {
    return bundle.parts().model() instanceof MainModel.Native
        ? ""
        : "The model itself was trained elsewhere; that it has not seen these rows is for whoever"
            + " brought it to know.";
  }

  private static String style() {
    try (InputStream in = TrainingPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new AssertionError("report.css is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void summary() {
    Map<String, Double> quality = bundle.parts().training().quality();
    page.raw("<dl class=\"tiles\">");
    tile("AUC", quality.get("auc"), 4, "ranking; 0.5 is chance");
    tile("Brier score", quality.get("brier"), 4, "squared error; lower is better");
    tile("Calibration error", quality.get("ece"), 4, "ECE of ten equal widths");
    tile("Accuracy", quality.get("accuracy"), 4, "at the threshold");
    tile("Fallback", quality.get("glmAccuracy"), 4, "accuracy of the elastic net");
    tile(
        "AURC",
        judged.byPlainConfidence().area().orElse(Double.NaN),
        4,
        "mean risk over all coverages");
    page.raw("</dl>");
  }

  private void tile(
      String name, @org.jspecify.annotations.Nullable Double value, int decimals, String meaning) {
    page.raw("<div>")
        .element("dt", name)
        .raw("<dd><strong>")
        .text(value == null ? "–" : Html.number(value, decimals))
        .raw("</strong>")
        .element("span", meaning)
        .raw("</dd></div>");
  }
}
