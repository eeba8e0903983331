package dev.weir.lab.report;

import java.util.List;
import java.util.Locale;

/**
 * A square-ish diagram in SVG: two linear axes, and what is drawn in their coordinates. Colours come
 * from the page's style, so that dark mode and print have their own.
 */
final class Plot {
  private static final double WIDTH = 400;
  private static final double HEIGHT = 310;
  private static final double LEFT = 60;
  private static final double RIGHT = 22;
  private static final double TOP = 12;
  private static final double BOTTOM = 44;

  private final Axis x;
  private final Axis y;
  private final Html marks = new Html();

  /** A point in the axes' units. */
  record Point(double x, double y) {}

  /**
   * One axis from 0 of shares.
   *
   * @param max where it ends, positive
   * @param root whether lengths go by the square root, which gives small shares room
   */
  record Axis(String label, double max, boolean root) {
    private static final int TICKS = 5;

    /** An axis that reaches a little beyond a value, at a round number; at most 1. */
    static Axis share(String label, double largest, boolean root) {
      for (double round : new double[] {.01, .02, .05, .1, .15, .2, .25, .3, .4, .5, .6, .8}) {
        if (largest <= round) {
          return new Axis(label, round, root);
        }
      }
      return new Axis(label, 1, root);
    }

    /** Where a value lies, in [0, 1] of the axis. */
    double at(double value) {
      double share = Math.min(1, Math.max(0, value / max));
      return root ? Math.sqrt(share) : share;
    }

    double tick(int number) {
      double share = number / (double) TICKS;
      return max * (root ? share * share : share);
    }

    String ticked(int number) {
      double percent = 100 * tick(number);
      double tenths = 10 * percent;
      boolean whole = Math.abs(percent - Math.rint(percent)) < 1e-9;
      boolean tenth = Math.abs(tenths - Math.rint(tenths)) < 1e-9;
      return Html.number(percent, whole ? 0 : tenth ? 1 : 2) + "%";
    }
  }

  Plot(Axis x, Axis y) {
    this.x = x;
    this.y = y;
  }

  private String px(double value) {
    return coordinate(LEFT + (WIDTH - LEFT - RIGHT) * x.at(value));
  }

  private String py(double value) {
    return coordinate(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y.at(value));
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Where what is predicted is what happens. */
  Plot diagonal() {
    double end = Math.min(x.max(), y.max());
    return line("diagonal", List.of(new Point(0, 0), new Point(end, end)));
  }

  Plot line(String style, List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(px(point.x()))
          .append(' ')
          .append(py(point.y()));
    }
    marks.raw("<path class=\"" + style + "\" d=\"" + path + "\"/>");
    return this;
  }

  /** A vertical bar between two values, clipped to the axis. */
  Plot bar(String style, double at, double low, double high) {
    String position = px(at);
    marks.raw("<line class=\"" + style + "\" x1=\"" + position + "\" x2=\"" + position + "\" y1=\""
        + py(low) + "\" y2=\"" + py(high) + "\"/>");
    return this;
  }

  Plot dot(String style, double at, double value) {
    marks.raw(
        "<circle class=\"" + style + "\" cx=\"" + px(at) + "\" cy=\"" + py(value) + "\" r=\"4\"/>");
    return this;
  }

  /** The figure as it stands in the page. */
  String svg(String title, String description) {
    Html svg = new Html();
    svg.raw("<svg viewBox=\"0 0 400 310\" role=\"img\" aria-label=\""
        + Html.escaped(title + ". " + description) + "\">");
    for (int tick = 0; tick <= Axis.TICKS; tick++) {
      double atX = x.tick(tick);
      double atY = y.tick(tick);
      svg.raw("<line class=\"grid\" x1=\"" + px(0) + "\" x2=\"" + px(x.max()) + "\" y1=\"" + py(atY)
          + "\" y2=\"" + py(atY) + "\"/>");
      svg.raw("<text class=\"tick end\" x=\"" + coordinate(LEFT - 6) + "\" y=\"" + py(atY)
          + "\" dy=\".32em\">" + Html.escaped(y.ticked(tick)) + "</text>");
      svg.raw("<text class=\"tick middle\" x=\"" + px(atX) + "\" y=\""
          + coordinate(HEIGHT - BOTTOM + 16) + "\">" + Html.escaped(x.ticked(tick)) + "</text>");
    }
    svg.raw("<line class=\"axis\" x1=\"" + px(0) + "\" x2=\"" + px(x.max()) + "\" y1=\"" + py(0)
        + "\" y2=\"" + py(0) + "\"/>");
    svg.raw("<text class=\"label middle\" x=\"" + coordinate((LEFT + WIDTH - RIGHT) / 2) + "\" y=\""
        + coordinate(HEIGHT - 8) + "\">" + Html.escaped(x.label()) + "</text>");
    svg.raw("<text class=\"label middle\" transform=\"translate(11 "
        + coordinate((TOP + HEIGHT - BOTTOM) / 2) + ") rotate(-90)\">" + Html.escaped(y.label())
        + "</text>");
    return svg.raw(marks.toString()).raw("</svg>").toString();
  }
}
