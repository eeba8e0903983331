package dev.weir.lab.report;

import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.glm.ElasticNetChoice;
import dev.weir.model.score.MainModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the model is: what was chosen, what drives it, and which run it came from. */
final class ModelSections {
  private static final int SOURCES_SHOWN = 12;

  private final Page page;
  private final TrainingReport report;
  private final List<RawRecord> records;
  private final Bundle bundle;
  private final String data;

  /** @param data the name of the file that the records came from */
  ModelSections(Page page, TrainingReport report, List<RawRecord> records, String data) {
    this.page = page;
    this.report = report;
    this.records = records;
    this.bundle = report.bundle();
    this.data = data;
  }

  void write() {
    choices();
    sources();
    fingerprints();
  }

  private void choices() {
    page.section(
        "choices",
        "What was chosen, and against what?",
        "Both choices were made by folds that never split a group.");
    page.beginPair();
    CalibratorChoice choice = report.calibrator();
    page.table(
        "Calibrators by out-of-fold Brier score; the lowest is used",
        List.of("Kind", "Brier score"));
    choice
        .brierScores()
        .forEach((kind, score) -> page.row(
            kind.name().toLowerCase(java.util.Locale.ROOT)
                + (kind == choice.kind() ? " (chosen)" : ""),
            Html.number(score, 6)));
    page.endTable();
    ElasticNetChoice glm = report.glm();
    List<ElasticNetChoice.Point> path = glm.path();
    ElasticNetChoice.Point best = path.stream()
        .min(Comparator.comparingDouble(ElasticNetChoice.Point::logLoss))
        .orElseThrow();
    page.table("The fallback: an elastic net over the penalties tried", List.of("Figure", "Value"));
    page.row("penalties tried", String.valueOf(path.size()));
    page.row(
        "strongest … weakest λ",
        small(path.get(0).lambda()) + " … " + small(path.get(path.size() - 1).lambda()));
    page.row("chosen λ", small(glm.fit().lambda()));
    page.row("log loss at the strongest", Html.number(path.get(0).logLoss(), 5));
    page.row("log loss at the best", Html.number(best.logLoss(), 5));
    page.row(
        "coefficients that are not 0",
        glm.fit().model().nonzero() + " of " + glm.fit().model().columns());
    page.endTable();
    page.endPair();
    page.endSection();
  }

  private static String small(double value) {
    return String.format(java.util.Locale.ROOT, "%.2e", value);
  }

  private void sources() {
    if (bundle.sources().isEmpty()) {
      page.section(
          "sources",
          "What drives the model?",
          "The model stays elsewhere and its records bring no contributions, so Weir cannot say; caps"
              + " on single sources do not apply.");
      page.endSection();
      return;
    }
    page.section(
        "sources",
        "What drives the model?",
        "Mean absolute contribution of each source to the margin, in logits, over these rows. A"
            + " gate’s caps limit how far one source may go.");
    double[] means = contributions();
    Integer[] order = IntStream.range(0, means.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer j) -> -means[j]));
    double largest = Math.max(1e-12, means[order[0]]);
    page.table(
        "The " + Math.min(SOURCES_SHOWN, order.length) + " largest of " + order.length + " sources",
        List.of("Source", "Mean |contribution|", ""));
    for (int k = 0; k < Math.min(SOURCES_SHOWN, order.length); k++) {
      double mean = means[order[k]];
      page.beginCodeRow(bundle.sources().get(order[k]), "");
      page.cell(Html.number(mean, 3));
      page.bar(mean / largest);
      page.endRow();
    }
    page.endTable();
    page.endSection();
  }

  private double[] contributions() {
    double[] sums = new double[bundle.sources().size()];
    RecordSheet sheet = bundle.sheet();
    for (RawRecord record : records) {
      bundle.read(record, sheet);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += Math.abs(sheet.score().contribution(j));
      }
    }
    return Arrays.stream(sums).map(sum -> sum / records.size()).toArray();
  }

  private void fingerprints() {
    DomainDefinition definition = bundle.definition();
    page.section(
        "fingerprints",
        "Which run was this?",
        "The same rows, domain and seed give the same bundle, to the byte, on the same machine.");
    page.table("Fingerprints (SHA-256) and settings", List.of("What", "Value"));
    page.wide("bundle", bundle.fingerprint().hex());
    page.wide("sorted ids of " + data, bundle.parts().training().data().hex());
    page.wide("domain file", Fingerprint.of(definition.text()).hex());
    page.wide("seed", String.valueOf(bundle.parts().training().seed()));
    page.wide("main model", model());
    page.wide(
        "columns",
        bundle.columns().size() + " of the domain " + definition.domain().name());
    page.wide("rows judged out of fold", Html.number(report.outOfFold().size(), 0));
    page.endTable();
    page.endSection();
  }

  private String model() {
    if (bundle.parts().model() instanceof MainModel.Native trees) {
      return trees.ensemble().memberCount() + " members, trained here";
    }
    if (bundle.parts().model() instanceof MainModel.Imported trees) {
      return trees.ensemble().memberCount() + " members, imported";
    }
    return "external: each record brings its probability";
  }
}
