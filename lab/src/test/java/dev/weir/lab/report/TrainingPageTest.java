package dev.weir.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report page: what it says, that it stands alone, and that a real browser can show it. */
class TrainingPageTest {
  private static final int ROWS = 1_200;

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
    TrainingSettings usual = TrainingSettings.defaults(3);
    report = new Trainer(definition, usual, Progress.silent())
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
  @ValueSource(ints = {390, 768, 1280})
  void browser_anyWidth_showsThePageWithoutOverflowOrErrors(int width) throws Exception {
    Browser browser = browser();
    Path harness = Files.writeString(directory.resolve("harness-" + width + ".html"), """
        <!doctype html><meta charset="utf-8"><body style="margin:0">
        <iframe id="page" style="border:0" width="%d" height="3000" srcdoc="%s"></iframe>
        <pre id="found"></pre>
        <script>
          onload = () => {
            const page = document.getElementById('page').contentDocument;
            const outside = [...page.body.querySelectorAll('*')]
              .filter(e => !e.parentElement.closest('.scroll')
                && e.getBoundingClientRect().right > %d + 0.5);
            document.getElementById('found').textContent = JSON.stringify({
              width: page.documentElement.scrollWidth,
              outside: outside.map(e => e.tagName + '.' + e.className).join(' '),
              sections: page.querySelectorAll('section').length,
              charts: [...page.querySelectorAll('svg')]
                .filter(e => e.getBoundingClientRect().width > 200).length});
          };
        </script>""".formatted(
            width, Html.escaped(html), width));
    Browser.Visit visit = browser.open(harness, directory, "--window-size=1400,3200", "--dump-dom");
    Matcher found = Pattern.compile("<pre id=\"found\">(.*?)</pre>").matcher(visit.dom());
    assertThat(found.find()).as(visit.log()).isTrue();
    assertThat(found.group(1))
        .isEqualTo("{\"width\":" + width + ",\"outside\":\"\",\"sections\":7,\"charts\":3}");
    assertThat(visit.log()).doesNotContain("CONSOLE");
  }

  @Test
  void browser_screenAndPaper_giveAPictureAndAPdf() throws Exception {
    Browser browser = browser();
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

  private static Browser browser() {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no browser on the path; CI installs chromium");
    return browser.get();
  }
}
