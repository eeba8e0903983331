package dev.weir.lab.report;

import dev.weir.lab.slice.SliceAudit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A page under construction: its sections, tables and figures, written one after the other. */
final class Page {
  private final Html html = new Html();

  /** Begins the page: what a browser needs, and a heading. */
  void head(String title, String kicker, String heading, String lead) {
    html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">")
        .element("title", title)
        .raw("<style>" + style() + "</style></head><body><main><header>")
        .element("p class=\"kicker\"", kicker)
        .element("h1", heading)
        .element("p class=\"lead\"", lead)
        .raw("</header>");
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new AssertionError("report.css is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the page. */
  String end() {
    return html.raw("</main></body></html>\n").toString();
  }

  void raw(String markup) {
    html.raw(markup);
  }

  void text(String text) {
    html.text(text);
  }

  void beginTiles() {
    html.raw("<dl class=\"tiles\">");
  }

  void tile(String name, String value, String meaning) {
    html.raw("<div>")
        .element("dt", name)
        .raw("<dd>")
        .element("strong", value)
        .element("span", meaning)
        .raw("</dd></div>");
  }

  void endTiles() {
    html.raw("</dl>");
  }

  void beginPair() {
    html.raw("<div class=\"pair\">");
  }

  void endPair() {
    html.raw("</div>");
  }

  void cell(String text) {
    html.element("td", text);
  }

  /** A name and a long value that may break anywhere. */
  void wide(String name, String value) {
    html.raw("<tr>")
        .element("th scope=\"row\"", name)
        .raw("<td class=\"wide\">")
        .element("code", value)
        .raw("</td></tr>");
  }

  /**
   * Begins a row whose name is code.
   *
   * @param note what is said below the name; may be empty
   */
  void beginCodeRow(String name, String note) {
    html.raw("<tr><th scope=\"row\">").element("code", name);
    if (!note.isEmpty()) {
      html.element("span class=\"declared\"", note);
    }
    html.raw("</th>");
  }

  void endRow() {
    html.raw("</tr>");
  }

  /** A slice's verdict as a cell. */
  void verdict(SliceAudit.Verdict verdict) {
    html.raw("<td>")
        .element(
            "span class=\"verdict " + verdict.name().toLowerCase(Locale.ROOT) + "\"", verdict.words)
        .raw("</td>");
  }

  /**
   * A share of the largest as a bar.
   *
   * @param share in [0, 1]
   */
  void bar(double share) {
    html.raw("<td class=\"wide\"><span class=\"share\" style=\"width:"
        + String.format(Locale.ROOT, "%.1f", 100 * share) + "%\"></span></td>");
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
