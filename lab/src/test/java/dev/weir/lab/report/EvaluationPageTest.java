package dev.weir.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.evaluate.Arm;
import dev.weir.lab.evaluate.Evaluation;
import dev.weir.lab.evaluate.Evaluator;
import dev.weir.lab.evaluate.Folded;
import dev.weir.lab.evaluate.IncidentLog;
import dev.weir.lab.evaluate.SliceSearch;
import dev.weir.lab.train.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluation's page: what it says, that it stands alone, and that a real browser can show it. */
class EvaluationPageTest {
  private static final int ROWS = 300;

  @TempDir
  static Path directory;

  private static Evaluation evaluation;
  private static SliceSearch search;
  private static String html;

  @BeforeAll
  static void evaluate() {
    Arm arm = Folded.arms().get(0);
    List<Arm> arms =
        List.of(new Arm(arm.bundle(), arm.rows().subList(0, ROWS), arm.fitted(), arm.choosing()));
    evaluation = new Evaluator(
            new Evaluator.Settings(25, 1, List.of(100), 2), IncidentLog.none(), Progress.silent())
        .evaluate(
            arms,
            Folded.baseline(),
            CorruptionSuite.of(Folded.PASSENGER),
            new Evaluator.Names(arm.bundle().fingerprint(), "baseline", "world <1> & co.csv", 2));
    search = SliceSearch.of(arms, 1);
    html = EvaluationPage.html(evaluation, search);
  }

  @Test
  void html_anyEvaluation_hasEverySectionAndItsFigures() {
    assertThat(html)
        .contains(
            "Does the gate choose better than confidence?",
            "What do batches cost?",
            "Are the fragile slices fragile?",
            "Which slices do the data bear out?",
            "Does agreement tell errors?",
            "Does the truth lie in the interval?",
            "What if something breaks upstream?",
            "Which run was this?")
        .contains(evaluation.isWorse() ? ">worse than plain" : ">not worse than plain")
        .contains(Html.number(evaluation.comparison().gateArea(), 4))
        .contains("With the watch")
        .contains(evaluation.origin().bundle().hex());
    assertThat(html.split("<svg ", -1)).as("five diagrams").hasSize(6);
  }

  @Test
  void html_standsAlone_escapesNames_andIsTheSameText() {
    assertThat(html)
        .doesNotContain("<script", "<link", "<img", "@import", "url(", "http:", "https:", "src=")
        .contains("world &lt;1&gt; &amp; co.csv")
        .doesNotContain("world <1>")
        .isEqualTo(EvaluationPage.html(evaluation, search));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void browser_anyWidth_showsThePageWithoutOverflow(int width) throws Exception {
    assertThat(
            Browser.orSkip().layout(html, directory, width, ".scroll,details").found())
        .isEqualTo("{\"width\":" + width + ",\"outside\":\"\",\"sections\":8,\"charts\":5}");
  }

  @Test
  void browser_printStyle_leavesNothingBesideTheSheet() throws Exception {
    assertThat(Browser.orSkip()
            .layout(Browser.printed(html), directory, Browser.SHEET, "details")
            .found())
        .contains("\"outside\":\"\"");
  }

  @Test
  void browser_print_isAPdfOfSomePages() throws Exception {
    Path page = Files.writeString(directory.resolve("print.html"), html);
    Path pdf = directory.resolve("print.pdf");
    Browser.Visit visit =
        Browser.orSkip().open(page, directory, "--no-pdf-header-footer", "--print-to-pdf=" + pdf);

    assertThat(pdf).as(visit.log()).isNotEmptyFile();
    String text = Files.readString(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF");
    assertThat(text.split("/Type /Page\\b", -1).length - 1).isBetween(4, 15);
  }
}
