package dev.weir.lab.report;

import java.util.List;

/** A page under construction: its sections, tables and figures, written one after the other. */
final class Page {
  private final Html html = new Html();

  /** The markup so far, to go on writing. */
  Html html() {
    return html;
  }

  /** Begins a section; ends with {@link #endSection}. */
  void section(String id, String title, String text) {
    html.raw("<section aria-labelledby=\"" + id + "\">")
        .element("h2 id=\"" + id + "\"", title)
        .element("p", text);
  }

  void figure(String svg, String caption) {
    html.raw("<figure>" + svg).raw("<figcaption>" + caption + "</figcaption></figure>");
  }

  /** Begins a table; a blank column has no heading. */
  void table(String caption, List<String> columns) {
    html.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\""
            + Html.escaped(caption) + "\"><table>")
        .element("caption", caption)
        .raw("<thead><tr>");
    for (String column : columns) {
      html.raw(
          column.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + Html.escaped(column) + "</th>");
    }
    html.raw("</tr></thead><tbody>");
  }

  void row(String name, String... cells) {
    html.raw("<tr>").element("th scope=\"row\"", name);
    for (String cell : cells) {
      html.element("td", cell);
    }
    html.raw("</tr>");
  }

  void endTable() {
    html.raw("</tbody></table></div>");
  }

  void endSection() {
    html.raw("</section>");
  }

  /** A line of a figure's legend. */
  static String key(String style, String text) {
    return "<span class=\"entry\"><span class=\"key " + style + "\"></span>" + Html.escaped(text)
        + "</span> ";
  }
}
