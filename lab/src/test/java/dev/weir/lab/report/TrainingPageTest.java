package dev.weir.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingReport;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report page: what it says, that it stands alone, and that a real browser can show it. */
class TrainingPageTest {
  private static final int ROWS = 600;

  @TempDir
  static Path directory;

  private static TrainingReport report;
  private static List<RawRecord> records;
  private static String html;

  @BeforeAll
  static void train() throws IOException {
    Path csv = directory.resolve("world <1> & co.csv");
    PassengerWorld.writeCsv(csv, PassengerWorld.rows(ROWS, 8));
    DomainDefinition definition = DomainDefinition.shipped("passenger");
    records = CsvRecords.labelled(csv, definition);
    TrainingSettings small = new TrainingSettings(
        3, 2, 3, 60, 10, 0.2, 1, 2, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 50_000, 2);
    report = new Trainer(definition, small, Progress.silent())
        .train(records, directory.resolve("bundle"));
    html = TrainingPage.html(report, records, String.valueOf(csv.getFileName()));
  }

  @Test
  void html_anyRun_hasEverySectionAndItsFigures() {
    assertThat(html)
        .contains(
            "Does a probability mean what it says?",
            "What does it cost to be careful?",
            "Are the fragile slices fragile?",
            "Does the truth lie in the interval?",
            "What was chosen, and against what?",
            "What drives the model?",
            "Which run was this?")
        .contains(report.bundle().fingerprint().hex())
        .contains(report.bundle().parts().training().data().hex())
        .contains(Html.number(report.bundle().parts().training().quality().get("auc"), 4))
        .contains("<code>super_dominant</code><span class=\"declared\">declared fragile</span>");
    assertThat(html.split("<svg ", -1)).as("three diagrams").hasSize(4);
  }

  @Test
  void html_sameRun_isTheSameText() {
    assertThat(TrainingPage.html(report, records, "world <1> & co.csv")).isEqualTo(html);
  }

  @Test
  void html_standsAlone_withoutScriptsOrAnythingFromElsewhere() {
    assertThat(html)
        .doesNotContain("<script", "<link", "<img", "@import", "url(", "http:", "https:", "src=");
  }

  @Test
  void html_namesFromOutside_areEscaped() {
    assertThat(html).contains("world &lt;1&gt; &amp; co.csv").doesNotContain("world <1>");
  }

  @Test
  void html_tablesAndFigures_areSaidToWhoCannotSeeThem() {
    assertThat(count("<table>")).isEqualTo(count("<caption>")).isGreaterThan(5);
    assertThat(count("<svg ")).isEqualTo(count("role=\"img\" aria-label=\""));
    assertThat(count("<figure>")).isEqualTo(count("<figcaption>"));
    assertThat(html)
        .contains("<html lang=\"en\">")
        .contains("scope=\"row\"")
        .contains("scope=\"col\"");
  }

  private static int count(String markup) {
    return html.split(Pattern.quote(markup), -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void browser_anyWidth_showsThePageWithoutOverflowOrErrors(int width) throws Exception {
    Browser.Layout layout = Browser.orSkip().layout(html, directory, width, ".scroll");

    assertThat(layout.found())
        .isEqualTo("{\"width\":" + width + ",\"outside\":\"\",\"sections\":7,\"charts\":3}");
    assertThat(layout.log()).doesNotContain("CONSOLE");
  }

  @Test
  void browser_printStyle_leavesNothingBesideTheSheet() throws Exception {
    assertThat(Browser.orSkip()
            .layout(Browser.printed(html), directory, Browser.SHEET, "details")
            .found())
        .contains("\"outside\":\"\"");
  }

  @Test
  void browser_screenAndPaper_giveAPictureAndAPdf() throws Exception {
    Browser browser = Browser.orSkip();
    Path file = Files.writeString(directory.resolve("report.html"), html);
    Path picture = directory.resolve("report.png");
    Path paper = directory.resolve("report.pdf");
    browser.open(file, directory, "--window-size=1280,2000", "--screenshot=" + picture);
    browser.open(file, directory, "--no-pdf-header-footer", "--print-to-pdf=" + paper);
    assertThat(Files.size(picture)).isGreaterThan(20_000);
    assertThat(new String(Files.readAllBytes(paper), java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("%PDF")
        .contains("/Type /Page");
  }
}
