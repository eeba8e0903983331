package dev.weir.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The word on fields that a file has no column for: whoever mistyped a header wants to know. */
final class LackingColumns {
  private LackingColumns() {}

  static void report(Path file, List<String> lacking, PrintWriter err) {
    if (!lacking.isEmpty()) {
      err.println("weir: " + file + " has no column for " + String.join(", ", lacking)
          + "; they count as missing");
    }
  }
}
