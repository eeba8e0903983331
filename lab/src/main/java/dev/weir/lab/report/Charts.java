package dev.weir.lab.report;

import dev.weir.lab.judge.Bins;
import dev.weir.lab.judge.Coverage;
import dev.weir.lab.judge.Judged;
import dev.weir.model.metric.WilsonInterval;
import java.util.List;
import java.util.stream.Stream;

/** Figures and tables that more than one page shows. */
final class Charts {
  private Charts() {}

  /** Risk against coverage, of what is judged and of plain confidence, which is the bar. */
  static Plot risk(List<Plot.Point> judged, List<Plot.Point> plain) {
    double reach = Stream.concat(judged.stream(), plain.stream())
        .mapToDouble(Plot.Point::y)
        .max()
        .orElse(1);
    return new Plot(
            new Plot.Axis("coverage (share accepted)", 1, false),
            Plot.Axis.share("risk (share wrong)", reach, false))
        .line("model", judged)
        .line("plain", plain);
  }

  /**
   * Each bin's mean interval beside its share of true outcomes.
   *
   * @param root whether axes go by the square root
   */
  static void intervals(Page page, Judged judged, boolean root) {
    List<Bins.Bin> bins = Bins.of(judged, judged.all(), Coverage.BINS);
    double reach = bins.stream()
        .mapToDouble(bin -> Math.max(bin.high(), bin.observed()))
        .max()
        .orElse(1);
    Plot plot = new Plot(
        Plot.Axis.share("mean predicted probability", reach, root),
        Plot.Axis.share("interval, and share of true outcomes", reach, root));
    plot.diagonal();
    for (Bins.Bin bin : bins) {
      plot.bar("interval", bin.predicted(), bin.low(), bin.high());
      plot.dot(bin.isInsideAllowing() ? "model" : "miss", bin.predicted(), bin.observed());
    }
    page.figure(
        plot.svg("Interval coverage", "the table beside it counts the bins inside"),
        Page.key("interval", "mean interval")
            + Page.key("model", "inside, allowing for sampling error")
            + Page.key("miss", "outside"));
  }

  /** How many bins have their share of true outcomes in the interval. */
  static void coverage(Page page, String caption, List<Coverage> coverages) {
    page.table(caption, List.of("Rows", "Inside", "Allowing for sampling", "Median width"));
    for (Coverage coverage : coverages) {
      page.row(
          coverage.rows(),
          coverage.inside() + " of " + coverage.bins(),
          coverage.allowing() + " of " + coverage.bins(),
          coverage.bins() == 0 ? "–" : Html.number(coverage.width(), 3));
    }
    page.endTable();
  }

  /** A share of errors with its sampling error. */
  static String error(double share, WilsonInterval sampling) {
    return Html.percent(share, 1) + " (" + Html.number(100 * sampling.lower(), 1) + "–"
        + Html.number(100 * sampling.upper(), 1) + ")";
  }
}
