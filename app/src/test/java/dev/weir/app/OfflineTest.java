package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The offline way through Weir: train, decide, verify, inspect. */
@ExtendWith(Trained.Once.class)
class OfflineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path directory;

  private Trained trained;
  private Path out;

  @BeforeEach
  void begin(Trained shared) {
    trained = shared;
    out = directory.resolve("decisions.jsonl");
  }

  private Run decide(Path data, Object batchBy) {
    return Run.of(
        "decide",
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/baseline",
        "--data",
        data,
        "--batch-by",
        batchBy,
        "--out",
        out);
  }

  private Run verify(Path decisions) {
    return Run.of(
        "verify",
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/baseline",
        "--decisions",
        decisions);
  }

  private List<JsonNode> decisions() throws IOException {
    List<JsonNode> decisions = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      decisions.add(JSON.readTree(line));
    }
    return decisions;
  }

  private Path data(String... lines) throws IOException {
    return Files.write(directory.resolve("rows.csv"), List.of(lines));
  }

  @Test
  void train_labelledRows_namesTheBundleAndItsQuality() {
    assertThat(trained.training().code()).isZero();
    assertThat(trained.training().out())
        .startsWith("bundle ")
        .contains(" in " + trained.bundle())
        .contains("domain      passenger")
        .contains("trained on  900 rows")
        .contains("auc 0.");
  }

  @Test
  void train_noTerminal_saysEachStageOnceOnStandardError() {
    assertThat(trained.training().errLines())
        .containsExactly("training members", "training worlds");
  }

  @Test
  void inspect_trainedBundle_saysWhatTrainingSaid() {
    Run run = Run.of("bundle", "inspect", trained.bundle());

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(trained
            .training()
            .out()
            .replaceFirst(" in .*", "")
            .replaceFirst("(?m)^report .*\\R", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"group", "HomePlanet", "1", "25"})
  void decideAndVerify_anyBatching_keepsOrderAndRecomputesToTheBit(String batchBy)
      throws IOException {
    Run decided = decide(trained.data(), batchBy);

    assertThat(decided.code()).as(decided.err()).isZero();
    assertThat(decided.err()).isEmpty();
    assertThat(decided.out().lines().findFirst().orElseThrow())
        .matches("900 decisions in \\Q" + out
            + "\\E: \\d+ auto-accept, \\d+ priority-audit, \\d+ held in \\d+ batch(es)?");
    assertThat(decisions())
        .extracting(decision -> decision.path("recordId").asText())
        .containsExactlyElementsOf(Files.readAllLines(trained.data()).stream()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList());
    Run verified = verify(out);
    assertThat(verified.out()).contains("900 decisions in ").contains("recomputed to the bit");
    assertThat(verified.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "25, 25", "900, 900"})
  void decide_numberOfRows_isTheBatchSize(String batchBy, int size) throws IOException {
    decide(trained.data(), batchBy);

    assertThat(decisions())
        .allSatisfy(decision -> assertThat(decision.path("batchSize").asInt()).isEqualTo(size));
  }

  @Test
  void decide_group_givesTheMembersOfAGroupOneBatch() throws IOException {
    decide(trained.data(), "group");

    assertThat(decisions())
        .allSatisfy(decision -> assertThat(decision.path("batchId").asText())
            .isEqualTo(decision.path("raw").path("TravelGroup").asText()));
  }

  @Test
  void decide_twice_givesTheSameBytes() throws IOException {
    decide(trained.data(), "group");
    byte[] first = Files.readAllBytes(out);

    decide(trained.data(), "group");

    assertThat(Files.readAllBytes(out)).isEqualTo(first);
  }

  @Test
  void decide_sameIdTwice_decidesBothRowsAndVerifies() throws IOException {
    Path data = data("PassengerId,Age", "0001_01,30", "0001_01,31");

    assertThat(decide(data, "group").code()).isZero();

    assertThat(decisions())
        .extracting(decision -> decision.path("raw").path("Age").asDouble())
        .containsExactly(30.0, 31.0);
    assertThat(verify(out).code()).isZero();
  }

  @Test
  void decide_invalidRows_liesBesideTheDecisionsWithTheirErrors() throws IOException {
    Path data = data("PassengerId,Age", "0001_01,30", "0001_02,old", ",30");

    Run run = decide(data, "2");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("1 decisions in")
        .contains("2 invalid rows, with their errors, in " + out + ".rejected");
    assertThat(directory.resolve("decisions.jsonl.rejected")).content().isEqualTo("""
            {"line":3,"raw":{"Age":"old","GroupSize":"2","PassengerId":"0001_02","TravelGroup":"0001"},\
            "reason":"Age 'old' must be a finite number","recordId":"0001_02"}
            {"line":4,"raw":{"Age":"30"},\
            "reason":"PassengerId '' is missing; every record needs an id","recordId":null}
            """);
    assertThat(decisions().get(0).path("rejectedInBatch").asInt()).isEqualTo(1);
    assertThat(verify(out).code()).isZero();
  }

  @Test
  void decide_noInvalidRow_leavesNoRejectedFileOfAnEarlierRun() throws IOException {
    decide(data("PassengerId,Age", "0001_01,old"), "1");
    assertThat(directory.resolve("decisions.jsonl.rejected")).exists();

    decide(data("PassengerId,Age", "0001_01,30"), "1");

    assertThat(directory.resolve("decisions.jsonl.rejected")).doesNotExist();
  }

  @Test
  void verify_anyChangedValueOfOneLine_namesRecordAndPath() throws IOException {
    decide(trained.data(), "group");
    List<String> lines = Files.readAllLines(out);
    Path edited = directory.resolve("edited.jsonl");
    Map<String, JsonNode> changes = Map.of(
        "/route", JSON.readTree("\"AUTO_ACCEPT_\""),
        "/probability", JSON.readTree("0.5000001"),
        "/score/contributions/Cabin", JSON.readTree("9"),
        "/fragile", JSON.readTree("null"),
        "/interval/p90", JSON.readTree("1e308"));

    for (Map.Entry<String, JsonNode> change : changes.entrySet()) {
      ObjectNode decision = (ObjectNode) JSON.readTree(lines.get(7));
      String path = change.getKey();
      int last = path.lastIndexOf('/');
      ((ObjectNode) (last == 0 ? decision : decision.at(path.substring(0, last))))
          .set(path.substring(last + 1), change.getValue());
      List<String> changed = new ArrayList<>(lines);
      changed.set(7, decision.toString());
      Files.write(edited, changed);

      Run run = verify(edited);

      String id = decision.path("recordId").asText();
      assertThat(run.code()).as(path).isEqualTo(1);
      assertThat(run.out())
          .contains(id + ": seal is ")
          .contains(id + ": " + path.substring(1).replace('/', '.') + " is ")
          .contains("900 decisions")
          .contains(": batchSeal is ")
          .contains("3 differences");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void verify_changedRawValue_isSeenByTheSealAndByWhatFollows() throws IOException {
    decide(trained.data(), "1");
    List<String> lines = Files.readAllLines(out);
    int index = IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).contains("\"Age\":27,"))
        .findFirst()
        .orElseThrow();
    List<String> changed = new ArrayList<>(lines);
    changed.set(index, lines.get(index).replace("\"Age\":27,", "\"Age\":72,"));
    Files.write(out, changed);

    Run run = verify(out);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(": seal is ").contains(": score.margin is ");
  }

  @Test
  void verify_lineLeftOut_namesTheBatch() throws IOException {
    decide(trained.data(), "25");
    List<String> lines = new ArrayList<>(Files.readAllLines(out));
    lines.remove(30);
    Files.write(out, lines);

    Run run = verify(out);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "rows-1#25: batchSize is 25, recomputed 24 (decisions given and rejected records)");
  }

  @Test
  void verify_otherPolicy_saysWhichDecidedAndWhatToPass() throws IOException {
    decide(data("PassengerId,Age", "0001_01,30"), "1");

    Run run = Run.of(
        "verify", "--bundle", trained.bundle(), "--policy", "passenger/hotfix", "--decisions", out);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly(
            "1 of the decisions: release offline, epoch 0, decided by another policy,"
                + " passenger/baseline; pass --policy passenger/baseline",
            "1 decisions in 1 batches: 0 differences where this release decided");
  }

  @Test
  void explain_otherPolicy_saysWhichDecidedAndWhatToPass() throws IOException {
    decide(data("PassengerId,Age", "0001_01,30"), "1");

    Run run = Run.of(
        "explain",
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/hotfix",
        "--decisions",
        out,
        "0001_01");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly("weir: 0001_01: release offline, epoch 0, decided by another policy,"
            + " passenger/baseline; pass --policy passenger/baseline");
  }

  @Test
  void verifyAndExplain_engineFault_sayThatThereIsNothingToCheckOrExplain() throws IOException {
    decide(data("PassengerId,Age", "0001_01,30"), "1");
    ObjectNode fault = (ObjectNode) JSON.readTree(out.toFile());
    fault.put("route", "PRIORITY_AUDIT").putNull("score").putNull("seal").putNull("batchSeal");
    fault.putArray("reasons").add("ENGINE_FAULT");
    Files.writeString(out, fault.toString());

    Run verified = verify(out);
    Run explained = Run.of(
        "explain",
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/baseline",
        "--decisions",
        out,
        "0001_01");

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out())
        .contains("UNCHECKED ", ": an engine fault; nothing was decided or sealed")
        .contains("1 decisions in 1 batches: 0 differences, 1 engine faults");
    assertThat(explained.code()).isEqualTo(2);
    assertThat(explained.err()).contains("0001_01: its batch could not be decided (ENGINE_FAULT)");
  }

  @Test
  void decide_columnsThatTheFileLacks_areNamedAndOthersAreNot() throws IOException {
    Run run = decide(data("PassengerId,Age,HomePlanet", "0001_01,30,Earth"), "1");

    assertThat(run.code()).isZero();
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err())
        .contains("rows.csv has no column for ", "CryoSleep, ", "; they count as missing")
        .doesNotContain("Age", "HomePlanet", "GroupSize", "Transported");
  }

  @Test
  void verifyAndReplay_noDecision_isNothingToCheck() throws IOException {
    Files.writeString(out, "");

    Run verified = verify(out);
    Run replayed = Run.of("replay", "--decisions", out, "--bundle", trained.bundle());

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out())
        .isEqualToIgnoringNewLines("nothing to check: " + out + " has no decisions");
    assertThat(replayed.code()).isEqualTo(1);
    assertThat(replayed.out())
        .isEqualToIgnoringNewLines("nothing to check: " + out + " has no decisions");
  }

  @Test
  void replay_decisionsOfAFile_areTheSameOrToldByCause() {
    assertThat(decide(trained.data(), 25).code()).isZero();

    Run same = Run.of("replay", "--decisions", out, "--bundle", trained.bundle());
    Run other = Run.of(
        "replay",
        "--decisions",
        out,
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/hotfix",
        "--threads",
        1);

    assertThat(same.code()).as(same.out() + same.err()).isZero();
    assertThat(same.out()).contains("every one the same, byte for byte");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("POLICY").contains(", again HELD");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --decisions d.jsonl --records                      | --records needs --config or --bootstrap
      --bootstrap localhost:1 --registry http://host:1   | --registry needs --records
      --config weir.yaml --records --registry http://h:1 | --registry is for --bootstrap
      --bootstrap localhost:1 --signatures 2             | give --trust for each key
      """)
  void replay_optionThatWouldBePassedOver_isRefused(String options, String message) {
    Run run = Run.of((Object[]) ("replay --bundle none " + options).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().contains(message);
  }
}
