package dev.weir.app;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.calibration.Beta;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Isotonic;
import dev.weir.model.calibration.Platt;
import dev.weir.model.domain.Domain;
import dev.weir.model.score.MainModel;
import dev.weir.model.tree.TreeEnsemble;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a bundle is, in a few lines. */
final class BundleSummary {
  private BundleSummary() {}

  static void print(Bundle bundle, PrintWriter out) {
    Bundle.BundleParts parts = bundle.parts();
    Domain domain = parts.definition().domain();
    out.printf(
        Locale.ROOT,
        "  domain      %s, %d fields, %d flags%n",
        domain.name(),
        domain.fields().size(),
        parts.definition().flags().size());
    out.printf(
        Locale.ROOT,
        "  trained on  %,d rows, ids %s, seed %d%n",
        parts.training().rows(),
        parts.training().data().abbreviated(),
        parts.training().seed());
    out.println("  model       " + model(parts.model(), bundle.sources().size()));
    out.printf(
        Locale.ROOT,
        "  calibrator  %s; threshold %s%n",
        described(parts.calibrator()),
        parts.threshold());
    out.printf(
        Locale.ROOT,
        "  fallback    elastic net, %d of %d coefficients%n",
        parts.glm().nonzero(),
        parts.glm().columns());
    out.printf(
        Locale.ROOT,
        "  out of fold %s%n",
        parts.training().quality().entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ")));
    out.printf(Locale.ROOT, "  sources     %s%n", String.join(" ", bundle.sources()));
  }

  private static String model(MainModel model, int sources) {
    if (model instanceof MainModel.Native trees) {
      return trained("trained here", trees.ensemble(), sources);
    }
    if (model instanceof MainModel.Imported trees) {
      return trained("imported", trees.ensemble(), sources);
    }
    return "external: each record brings its probability"
        + (sources == 0 ? ", no contributions" : " and contributions of " + sources + " sources");
  }

  private static String trained(String where, TreeEnsemble ensemble, int sources) {
    return String.format(
        Locale.ROOT,
        "%s, %d members, %d columns from %d sources",
        where,
        ensemble.memberCount(),
        ensemble.featureCount(),
        sources);
  }

  private static String described(Calibrator calibrator) {
    if (calibrator instanceof Isotonic isotonic) {
      return "isotonic through " + isotonic.margins().length + " points";
    }
    if (calibrator instanceof Platt platt) {
      return String.format(
          Locale.ROOT, "Platt, slope %.4f, intercept %.4f", platt.slope(), platt.intercept());
    }
    if (calibrator instanceof Beta beta) {
      return String.format(
          Locale.ROOT, "beta, a %.4f, b %.4f, c %.4f", beta.a(), beta.b(), beta.c());
    }
    throw new AssertionError(calibrator);
  }
}
