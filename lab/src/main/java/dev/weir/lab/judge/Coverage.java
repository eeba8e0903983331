package dev.weir.lab.judge;

import java.util.Arrays;
import java.util.List;

/**
 * Bins by probability whose share of true outcomes lies in the mean interval.
 *
 * @param rows which rows they are of
 * @param allowing bins whose share sampling error can explain, too
 * @param width the median width of the rows' intervals, in [0, 1]; 0 without rows
 */
public record Coverage(String rows, int bins, int inside, int allowing, double width) {
  /** How many bins there are where rows are many enough. */
  public static final int BINS = 20;

  /** The same under another name. */
  public Coverage named(String name) {
    return new Coverage(name, bins, inside, allowing, width);
  }

  /** Of all rows, of the fragile ones and of the others. */
  public static List<Coverage> of(Judged judged) {
    return List.of(
        of("all", judged, judged.all()),
        of("fragile", judged, part(judged, true)),
        of("not fragile", judged, part(judged, false)));
  }

  private static int[] part(Judged judged, boolean isFragile) {
    return Arrays.stream(judged.all())
        .filter(row -> judged.rows().fragile()[row] == isFragile)
        .toArray();
  }

  private static Coverage of(String name, Judged judged, int[] rows) {
    List<Bins.Bin> bins = Bins.of(judged, rows, BINS);
    double[] widths = Arrays.stream(rows)
        .mapToDouble(row -> judged.rows().p90()[row] - judged.rows().p10()[row])
        .sorted()
        .toArray();
    return new Coverage(
        name,
        bins.size(),
        (int) bins.stream().filter(Bins.Bin::isInside).count(),
        (int) bins.stream().filter(Bins.Bin::isInsideAllowing).count(),
        widths.length == 0 ? 0 : widths[widths.length / 2]);
  }
}
