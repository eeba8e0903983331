package dev.weir.operations.ledger;

import java.util.ArrayList;
import java.util.List;

/** Counts something that must not be, and keeps the first few. */
final class Discrepancies {
  private static final int EXAMPLES_MAX = 10;

  private final List<String> examples = new ArrayList<>();
  private long count;

  void add(String example) {
    count++;
    if (examples.size() < EXAMPLES_MAX) {
      examples.add(example);
    }
  }

  LedgerReport.Findings findings() {
    return new LedgerReport.Findings(count, examples);
  }
}
