package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles around models of others: trees with a mapping of their columns, and probabilities that records bring. */
class PaymentsImportTest {
  private static final int ROWS = 1_500;

  @TempDir
  static Path directory;

  private static Path bundle(String name) {
    return directory.resolve(name);
  }

  /** A model elsewhere, as the imported one's margins through a logistic function. */
  private static double elsewhere(JsonNode decision) {
    return 1 / (1 + Math.exp(-decision.path("score").path("margin").asDouble()));
  }

  @Test
  void import_modelOfOthers_decidesAndVerifies() throws IOException {
    Path data = Payments.head(directory, ROWS);
    Run run = Payments.imported(Payments.MODEL, data, bundle("imported"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("model       imported, 1 members, 10 columns from 10 sources");

    assertThat(Payments.decided(bundle("imported"), data)).hasSize(ROWS).allSatisfy(decision -> {
      JsonNode score = decision.path("score");
      assertThat(score.path("memberProbabilities").isNull())
          .as("one model, no members")
          .isTrue();
      assertThat(score.path("agreement").asDouble())
          .isEqualTo(score.path("glmAgrees").asBoolean() ? 1 : 0);
      double sum = score.path("bias").asDouble();
      for (JsonNode contribution : score.path("contributions")) {
        sum += contribution.asDouble();
      }
      assertThat(sum).isCloseTo(score.path("margin").asDouble(), within(1e-5));
    });
  }

  @Test
  void import_severalModels_areMembersThatAgreeOrNot() throws IOException {
    Path data = Payments.head(directory, ROWS);
    Run run = Payments.imported(Payments.MODEL + "," + Payments.MODEL, data, bundle("twins"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Payments.decided(bundle("twins"), data)).allSatisfy(decision -> {
      assertThat(decision.path("score").path("memberProbabilities")).hasSize(2);
      assertThat(decision.path("score").path("agreement").asDouble()).isEqualTo(1);
    });
  }

  @Test
  void import_probabilityThatRecordsBring_isJudgedLikeTheModelItself() throws IOException {
    Path data = Payments.head(directory, ROWS);
    Payments.imported(Payments.MODEL, data, bundle("inside"));
    List<JsonNode> inside = Payments.decided(bundle("inside"), data);
    Path wider = Payments.withColumns(
        data,
        directory.resolve("external.csv"),
        "P",
        inside.stream().map(d -> String.valueOf(elsewhere(d))).toList());
    Run run = Payments.brought(
        Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}"),
        wider,
        bundle("external"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("model       external: each record brings its probability, no contributions");

    List<JsonNode> outside = Payments.decided(bundle("external"), wider);
    for (int i = 0; i < outside.size(); i++) {
      JsonNode score = outside.get(i).path("score");
      assertThat(score.path("contributions").isNull()).isTrue();
      assertThat(score.path("memberProbabilities").isNull()).isTrue();
      assertThat(outside.get(i).path("caps").path("applied").asBoolean()).isFalse();
      assertThat(score.path("pModel").asDouble())
          .as("the same margins, the same calibrator")
          .isCloseTo(inside.get(i).path("score").path("pModel").asDouble(), within(1e-6));
      assertThat(outside.get(i).path("raw").path("P").isNumber()).isTrue();
    }
  }

  @Test
  void import_membersAndContributionsThatRecordsBring_areUsed() throws IOException {
    Path data = Payments.head(directory, ROWS);
    List<String> figures = new ArrayList<>();
    List<String> lines = Payments.lines(data);
    for (int i = 1; i < lines.size(); i++) {
      boolean fraud = Payments.isFraud(lines.get(i));
      double p = (fraud ? 0.2 : 0.005) + i % 17 * 0.002;
      figures.add(p + "," + p + "," + (i % 10 == 0 ? 0.9 : p) + "," + (fraud ? 2.5 : -0.25));
    }
    Path wider = Payments.withColumns(data, directory.resolve("rich.csv"), "P,P1,P2,Amt", figures);
    Run run = Payments.brought(Payments.externalDomain(directory, """
            - {name: P, kind: number, role: probability}
            - {name: P1, kind: number, role: member}
            - {name: P2, kind: number, role: member}
            - {name: Amt, kind: number, role: contribution, source: Amount}"""), wider, bundle("rich"));
    assertThat(run.code()).as(run.err()).isZero();

    List<JsonNode> decisions = Payments.decided(bundle("rich"), wider);
    assertThat(decisions).anyMatch(d -> d.path("score").path("agreement").asDouble() == 0.5);
    assertThat(decisions).anyMatch(d -> d.path("caps").path("applied").asBoolean());
    assertThat(decisions).allSatisfy(decision -> {
      JsonNode score = decision.path("score");
      assertThat(score.path("contributions").path("Amount").isNumber()).isTrue();
      assertThat(score.path("bias").asDouble()
              + score.path("contributions").path("Amount").asDouble())
          .isCloseTo(score.path("margin").asDouble(), within(1e-9));
    });
  }

  @Test
  void decide_recordWithoutTheProbabilityItMustBring_isInvalid() throws IOException {
    Path data = Payments.head(directory, ROWS);
    List<String> cells = new ArrayList<>();
    List<String> lines = Payments.lines(data);
    for (int i = 1; i <= ROWS; i++) {
      cells.add(Payments.isFraud(lines.get(i)) || i % 3 == 0 ? "0.2" : "0.01");
    }
    Path wider = Payments.withColumns(data, directory.resolve("gaps.csv"), "P", cells);
    Path domain =
        Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}");
    Payments.brought(domain, wider, bundle("gaps"));

    Run run = Run.of(
        "decide",
        "--bundle",
        bundle("gaps"),
        "--policy",
        Payments.POLICY,
        "--data",
        Payments.head(directory, 3),
        "--batch-by",
        1,
        "--out",
        directory.resolve("gaps.jsonl"));

    assertThat(run.out()).contains("0 decisions").contains("3 invalid rows");
    assertThat(directory.resolve("gaps.jsonl.rejected"))
        .content()
        .contains("P '' is missing; its model brings it with every record");
  }

  @Test
  void import_wrongMapping_namesEveryMistakeWithItsPlace() throws IOException {
    Path features = Files.writeString(
        directory.resolve("wrong.yaml"),
        Files.readString(Payments.FEATURES)
            .replace("field: Amount", "field: Amout")
            .replace("column: hour", "column: hours"));
    Run run = Run.of(
        "bundle",
        "import",
        "--domain",
        Payments.DOMAIN,
        "--model",
        Payments.MODEL,
        "--features",
        features,
        "--data",
        Payments.head(directory, ROWS),
        "--out",
        bundle("wrong"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("wrong.yaml:5:41: 'Amout' is not a field of domain payments")
        .contains("wrong.yaml:13:14: the model has no column 'hours'; it has amount_log,")
        .contains("1 columns of the model are not mapped: hour");
    assertThat(bundle("wrong")).doesNotExist();
  }

  @Test
  void import_optionsThatDoNotFit_sayWhatIsNeeded() {
    Run modelAlone = Run.of(
        "bundle",
        "import",
        "--domain",
        Payments.DOMAIN,
        "--model",
        Payments.MODEL,
        "--data",
        Payments.DATA,
        "--out",
        bundle("none"));
    assertThat(modelAlone.code()).isEqualTo(2);
    assertThat(modelAlone.err()).contains("--model needs --features");

    Run neither = Run.of(
        "bundle",
        "import",
        "--domain",
        Payments.DOMAIN,
        "--data",
        Payments.DATA,
        "--out",
        bundle("none"));
    assertThat(neither.code()).isEqualTo(2);
    assertThat(neither.err()).contains("has no field with role probability");
  }
}
