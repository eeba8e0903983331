package dev.weir.lab.evaluate;

import dev.weir.lab.role.RowIds;
import dev.weir.lab.role.RowSet.FitSet;
import dev.weir.lab.role.RowSet.JudgeSet;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import java.util.List;
import java.util.Optional;

/**
 * Rows that are judged, and a bundle that was fitted to none of them nor to their groups.
 *
 * @param rows in the order of the stream, each with its outcome
 * @param fitted the rows that the bundle was fitted to; empty where they are not at hand
 * @param choosing what the bundle's training said of those out of fold
 */
public record Arm(
    Bundle bundle, List<RawRecord> rows, List<RawRecord> fitted, Optional<Choosing> choosing) {
  public Arm {
    rows = List.copyOf(rows);
    fitted = List.copyOf(fitted);
    if (!fitted.isEmpty()) {
      // Fails where the two overlap.
      JudgeSet.of(rows, List.of(new FitSet(RowIds.of(fitted))));
    }
  }

  /** A bundle and a file that it has not seen. */
  public static Arm ofJudgeSet(Bundle bundle, JudgeSet rows) {
    return new Arm(bundle, rows.records(), List.of(), Optional.empty());
  }
}
