package dev.weir.app;

import dev.weir.lab.report.TrainingPage;
import dev.weir.lab.role.BundleRows;
import dev.weir.lab.role.RowIds;
import dev.weir.lab.role.RowSet.FitSet;
import dev.weir.lab.train.TrainingReport;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.domain.RawRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What training or importing leaves behind: a bundle directory and, beside it because a bundle is an
 * exact set of files, its report page and which rows it was fitted to.
 */
record TrainingOutput(Path bundle) {
  /** The page, for instance {@code my-bundle.report.html} beside {@code my-bundle}. */
  Path page() {
    Path name = bundle.toAbsolutePath().normalize().getFileName();
    return bundle.resolveSibling(name + ".report.html");
  }

  /** Checks, before the work, that both can be written. */
  void requireWritable() {
    BundleDirectory.requireWritable(bundle);
    if (bundle.toAbsolutePath().normalize().getFileName() == null) {
      throw new IllegalArgumentException("--out " + bundle + " is a root directory; name another");
    }
  }

  /** Writes both and says what was made. */
  void finish(TrainingReport report, List<RawRecord> records, Path data, PrintWriter out) {
    String html = TrainingPage.html(report, records, String.valueOf(data.getFileName()));
    WholeFile.writeLines(page(), html.lines());
    WholeFile.writeLines(
        BundleRows.beside(bundle),
        Stream.of(BundleRows.text(report.bundle(), new FitSet(RowIds.of(records)))));
    out.println("bundle " + report.bundle().fingerprint() + " in " + bundle);
    BundleSummary.print(report.bundle(), out);
    report.caution().ifPresent(caution -> out.println("caution: " + caution));
    out.println("report " + page());
  }
}
