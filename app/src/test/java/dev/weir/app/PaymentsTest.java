package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second domain by YAML alone: card payments, with a model of Weir's own and with others'. */
class PaymentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 1_500;

  @TempDir
  static Path directory;

  private static Run training;

  @BeforeAll
  static void train() {
    training = Run.of(
        "train", "--domain", Payments.DOMAIN, "--data", Payments.DATA, "--out", bundle("native"));
  }

  private static Path bundle(String name) {
    return directory.resolve(name);
  }

  private static List<JsonNode> decided(Path bundle, Path data) throws IOException {
    Path out = directory.resolve(bundle.getFileName() + ".jsonl");
    Run decided = Run.of(
        "decide",
        "--bundle",
        bundle,
        "--policy",
        Payments.POLICY,
        "--data",
        data,
        "--batch-by",
        25,
        "--out",
        out);
    assertThat(decided.code()).as(decided.err()).isZero();
    Run verified =
        Run.of("verify", "--bundle", bundle, "--policy", Payments.POLICY, "--decisions", out);
    assertThat(verified.out()).contains("every one recomputed to the bit");
    assertThat(verified.code()).isZero();
    List<JsonNode> decisions = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      decisions.add(JSON.readTree(line));
    }
    return decisions;
  }

  private static Run imported(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("bundle", "import"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray());
  }

  /** A model elsewhere, as the imported one's margins through a logistic function. */
  private static double elsewhere(JsonNode decision) {
    return 1 / (1 + Math.exp(-decision.path("score").path("margin").asDouble()));
  }

  @Test
  void train_payments_learnsARareClass() {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out())
        .contains("domain      payments, 18 fields, 8 flags")
        .contains("threshold 0.1")
        .containsPattern("auc 0\\.[89]");
  }

  @Test
  void decideAndVerify_payments_passesMostAndAuditsWhereFraudIs() throws IOException {
    Map<String, Boolean> frauds = new HashMap<>();
    for (String line : Payments.lines(Payments.DATA)) {
      frauds.put(line.substring(0, line.indexOf(',')), isFraud(line));
    }
    int accepted = 0;
    int missed = 0;
    int caught = 0;
    for (JsonNode decision : decided(bundle("native"), Payments.head(directory, 5_000))) {
      boolean fraud = frauds.get(decision.path("recordId").asText());
      boolean passed = decision.path("route").asText().equals("AUTO_ACCEPT");
      accepted += passed ? 1 : 0;
      missed += fraud && passed && !decision.path("predicted").asBoolean() ? 1 : 0;
      caught += fraud && !(passed && !decision.path("predicted").asBoolean()) ? 1 : 0;
    }
    assertThat(accepted).as("most payments pass without a person").isGreaterThan(3_000);
    assertThat(caught).as("most frauds do not").isGreaterThan(missed);
  }

  private static boolean isFraud(String line) {
    String[] cells = line.split(",", -1);
    return cells[17].equals("True");
  }

  @Test
  void train_sensitiveFields_leaveNoByteInTheBundle() throws IOException {
    Set<String> secrets = new TreeSet<>();
    for (String line : Payments.lines(Payments.DATA).subList(1, 10_001)) {
      String[] cells = line.split(",", -1);
      secrets.add(cells[1]);
      secrets.addAll(List.of(cells[2].split(" ")));
    }
    assertThat(secrets).hasSizeGreaterThan(1_000).contains("Ahrends");
    try (Stream<Path> files = Files.list(bundle("native"))) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(secrets.stream().filter(content::contains))
            .as(file.getFileName().toString())
            .isEmpty();
      }
    }
  }

  @Test
  void import_modelOfOthers_decidesAndVerifies() throws IOException {
    Path data = Payments.head(directory, ROWS);
    Run run = imported(
        "--domain",
        Payments.DOMAIN,
        "--model",
        Payments.MODEL,
        "--features",
        Payments.FEATURES,
        "--data",
        data,
        "--out",
        bundle("imported"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("model       imported, 1 members, 10 columns from 10 sources");

    assertThat(decided(bundle("imported"), data)).hasSize(ROWS).allSatisfy(decision -> {
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
      assertThat(sum)
          .isCloseTo(score.path("margin").asDouble(), org.assertj.core.api.Assertions.within(1e-5));
    });
  }

  @Test
  void import_severalModels_areMembersThatAgreeOrNot() throws IOException {
    Path data = Payments.head(directory, ROWS);
    Run run = imported(
        "--domain",
        Payments.DOMAIN,
        "--model",
        Payments.MODEL + "," + Payments.MODEL,
        "--features",
        Payments.FEATURES,
        "--data",
        data,
        "--out",
        bundle("twins"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(decided(bundle("twins"), data)).allSatisfy(decision -> {
      assertThat(decision.path("score").path("memberProbabilities")).hasSize(2);
      assertThat(decision.path("score").path("agreement").asDouble()).isEqualTo(1);
    });
  }

  @Test
  void import_probabilityThatRecordsBring_isJudgedLikeTheModelItself() throws IOException {
    Path data = Payments.head(directory, ROWS);
    imported(
        "--domain",
        Payments.DOMAIN,
        "--model",
        Payments.MODEL,
        "--features",
        Payments.FEATURES,
        "--data",
        data,
        "--out",
        bundle("inside"));
    List<JsonNode> inside = decided(bundle("inside"), data);
    Path wider = Payments.withColumns(
        data,
        directory.resolve("external.csv"),
        "P",
        inside.stream().map(d -> String.valueOf(elsewhere(d))).toList());
    Run run = imported(
        "--domain",
        Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}"),
        "--data",
        wider,
        "--out",
        bundle("external"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("model       external: each record brings its probability, no contributions");

    List<JsonNode> outside = decided(bundle("external"), wider);
    for (int i = 0; i < outside.size(); i++) {
      JsonNode score = outside.get(i).path("score");
      assertThat(score.path("contributions").isNull()).isTrue();
      assertThat(score.path("memberProbabilities").isNull()).isTrue();
      assertThat(outside.get(i).path("caps").path("applied").asBoolean()).isFalse();
      assertThat(score.path("pModel").asDouble())
          .as("the same margins, the same calibrator")
          .isCloseTo(
              inside.get(i).path("score").path("pModel").asDouble(),
              org.assertj.core.api.Assertions.within(1e-6));
      assertThat(outside.get(i).path("raw").path("P").isNumber()).isTrue();
    }
  }

  @Test
  void import_membersAndContributionsThatRecordsBring_areUsed() throws IOException {
    Path data = Payments.head(directory, ROWS);
    List<String> figures = new ArrayList<>();
    List<String> lines = Payments.lines(data);
    for (int i = 1; i < lines.size(); i++) {
      boolean fraud = isFraud(lines.get(i));
      double p = (fraud ? 0.2 : 0.005) + i % 17 * 0.002;
      figures.add(p + "," + p + "," + (i % 10 == 0 ? 0.9 : p) + "," + (fraud ? 2.5 : -0.25));
    }
    Path wider = Payments.withColumns(data, directory.resolve("rich.csv"), "P,P1,P2,Amt", figures);
    Run run = imported(
        "--domain",
        Payments.externalDomain(directory, """
            - {name: P, kind: number, role: probability}
            - {name: P1, kind: number, role: member}
            - {name: P2, kind: number, role: member}
            - {name: Amt, kind: number, role: contribution, source: Amount}"""),
        "--data",
        wider,
        "--out",
        bundle("rich"));
    assertThat(run.code()).as(run.err()).isZero();

    List<JsonNode> decisions = decided(bundle("rich"), wider);
    assertThat(decisions).anyMatch(d -> d.path("score").path("agreement").asDouble() == 0.5);
    assertThat(decisions).anyMatch(d -> d.path("caps").path("applied").asBoolean());
    assertThat(decisions).allSatisfy(decision -> {
      JsonNode score = decision.path("score");
      assertThat(score.path("contributions").path("Amount").isNumber()).isTrue();
      assertThat(score.path("bias").asDouble()
              + score.path("contributions").path("Amount").asDouble())
          .isCloseTo(score.path("margin").asDouble(), org.assertj.core.api.Assertions.within(1e-9));
    });
  }

  @Test
  void decide_recordWithoutTheProbabilityItMustBring_isInvalid() throws IOException {
    Path data = Payments.head(directory, ROWS);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      cells.add(i % 3 == 0 ? "0.2" : "0.01");
    }
    Path wider = Payments.withColumns(data, directory.resolve("gaps.csv"), "P", cells);
    Path domain =
        Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}");
    imported("--domain", domain, "--data", wider, "--out", bundle("gaps"));

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
    Run run = imported(
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
    Run modelAlone = imported(
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

    Run neither =
        imported("--domain", Payments.DOMAIN, "--data", Payments.DATA, "--out", bundle("none"));
    assertThat(neither.code()).isEqualTo(2);
    assertThat(neither.err()).contains("has no field with role probability");
  }

  @Test
  void train_domainWhoseRecordsBringAProbability_isToldToImport() {
    Run run = Run.of(
        "train",
        "--domain",
        Payments.externalDomain(directory, "- {name: P, kind: number, role: probability}"),
        "--data",
        Payments.withColumns(
            Payments.head(directory, 200),
            directory.resolve("trained.csv"),
            "P",
            java.util.Collections.nCopies(200, "0.1")),
        "--out",
        bundle("none"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("use weir bundle import");
  }

  @Test
  void train_domainWithTheLeastItMayDeclare_decidesAndVerifies() throws IOException {
    Path domain = Files.writeString(directory.resolve("least.yaml"), """
        domain: payments
        format: 1
        fields:
          - {name: Id, kind: text, role: id}
          - {name: Size, kind: number}
          - {name: Colour, kind: category}
          - {name: Sold, kind: boolean, role: label}
        flags:
          size_missing: {anyMissing: [Size]}
        """);
    List<String> lines = new ArrayList<>(List.of("Id,Size,Colour,Sold"));
    for (int i = 0; i < 400; i++) {
      int size = i * 37 % 101;
      String colour = List.of("red", "green", "blue").get(i % 3);
      boolean sold = size + i * 53 % 60 > 80;
      lines.add("r" + i + "," + (i % 20 == 0 ? "" : size) + "," + colour + "," + sold);
    }
    Path data = Files.write(directory.resolve("least.csv"), lines);
    Path policy = Files.writeString(
        directory.resolve("least-policy.yaml"),
        Files.readString(Payments.POLICY)
            .replaceFirst("union: .*", "union: [size_missing]")
            .replace(", betaFlag: burst", ""));
    Run run = Run.of("train", "--domain", domain, "--data", data, "--out", bundle("least"));
    assertThat(run.code()).as(run.err()).isZero();
    Path out = directory.resolve("least.jsonl");
    Run.of(
        "decide",
        "--bundle",
        bundle("least"),
        "--policy",
        policy,
        "--data",
        data,
        "--batch-by",
        10,
        "--out",
        out);
    JsonNode first = JSON.readTree(Files.readAllLines(out).get(0));
    assertThat(first.path("topology").isNull()).as("no channel, no topology").isTrue();
    assertThat(first.path("prior").path("key").asText()).isEqualTo("all");
    assertThat(Run.of("verify", "--bundle", bundle("least"), "--policy", policy, "--decisions", out)
            .code())
        .isZero();
  }
}
