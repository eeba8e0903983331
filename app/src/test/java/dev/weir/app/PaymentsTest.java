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
      frauds.put(line.substring(0, line.indexOf(',')), Payments.isFraud(line));
    }
    int accepted = 0;
    int missed = 0;
    int caught = 0;
    for (JsonNode decision : Payments.decided(bundle("native"), Payments.head(directory, 5_000))) {
      boolean fraud = frauds.get(decision.path("recordId").asText());
      boolean passed = decision.path("route").asText().equals("AUTO_ACCEPT");
      accepted += passed ? 1 : 0;
      missed += fraud && passed && !decision.path("predicted").asBoolean() ? 1 : 0;
      caught += fraud && !(passed && !decision.path("predicted").asBoolean()) ? 1 : 0;
    }
    assertThat(accepted).as("most payments pass without a person").isGreaterThan(3_000);
    assertThat(caught).as("most frauds do not").isGreaterThan(missed);
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
          - {name: Wieght, kind: number}
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
            .replace("betaFlag: burst", "betaFlag: size_missing"));
    Run run = Run.of("train", "--domain", domain, "--data", data, "--out", bundle("least"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.errLines())
        .contains("weir: " + data + " has no column for Wieght; they count as missing");
    Path out = directory.resolve("least.jsonl");
    Run decided = Run.of(
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
    assertThat(decided.code()).as(decided.err()).isZero();
    JsonNode first = JSON.readTree(Files.readAllLines(out).get(0));
    assertThat(first.path("topology").isNull()).as("no channel, no topology").isTrue();
    assertThat(first.path("prior").path("key").asText()).isEqualTo("all");
    assertThat(Run.of("verify", "--bundle", bundle("least"), "--policy", policy, "--decisions", out)
            .code())
        .isZero();
  }
}
