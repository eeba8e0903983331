package dev.weir.lab.evaluate;

import dev.weir.lab.slice.FoundSlice;
import dev.weir.lab.slice.SliceAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A search for slices on one screen. */
public final class SliceText {
  private static final int REFUTED_SHOWN = 3;

  private SliceText() {}

  /** The lines, without an end of line. */
  public static List<String> of(SliceSearch search) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(
        Locale.ROOT, "%,d rows; declared flags%25s", search.rows(), "rows   wrong  expected"));
    for (SliceAudit.Slice slice : search.audit()) {
      lines.add(String.format(
          Locale.ROOT,
          "  %-36s %6d %s %s   %s%s",
          slice.name(),
          slice.rows(),
          percent(slice.rows(), slice.error()),
          percent(slice.rows(), slice.expected()),
          slice.verdict().name(),
          slice.declared() ? ", declared fragile" : ""));
    }
    for (FoundSlice.Lift lift : FoundSlice.Lift.values()) {
      found(search, lift, lines);
    }
    return lines;
  }

  private static String percent(int rows, double share) {
    return rows == 0 ? "      –" : String.format(Locale.ROOT, "%6.1f%%", 100 * share);
  }

  private static void found(SliceSearch search, FoundSlice.Lift lift, List<String> lines) {
    List<FoundSlice> own =
        search.found().stream().filter(slice -> slice.lift() == lift).toList();
    List<FoundSlice> confirmed = own.stream().filter(FoundSlice::isConfirmed).toList();
    lines.add(String.format(
        Locale.ROOT,
        "found by %s: %d of %d confirmed on the other half",
        lift == FoundSlice.Lift.ERROR ? "error" : "error beyond 1 - confidence",
        confirmed.size(),
        own.size()));
    if (!own.isEmpty()) {
      lines.add("    rows   wrong  lift  expected  excess  corrected p  (other half)");
    }
    confirmed.forEach(slice -> lines.add(line("+", slice)));
    own.stream()
        .filter(slice -> !slice.isConfirmed())
        .limit(REFUTED_SHOWN)
        .forEach(slice -> lines.add(line("-", slice)));
  }

  private static String line(String mark, FoundSlice slice) {
    FoundSlice.Figures other = slice.other();
    return String.format(
        Locale.ROOT,
        "  %s %5d %6.1f%% %5.2f   %6.1f%%  %+5.1f   %10.1e  %s",
        mark,
        other.rows(),
        100 * other.error(),
        other.lift(),
        100 * other.expected(),
        100 * other.excess(),
        slice.p(),
        String.join(" & ", slice.conditions()));
  }
}
