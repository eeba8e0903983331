package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input is one clear line on standard error, exit code 2, and nothing written. */
@ExtendWith(Trained.Once.class)
class BadInputTest {
  @TempDir
  Path directory;

  private Trained trained;
  private Path out;

  @BeforeEach
  void begin(Trained shared) throws IOException {
    trained = shared;
    out = Files.createDirectory(directory.resolve("results")).resolve("out");
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }

  private Path rows() throws IOException {
    return file("rows.csv", "PassengerId,Age", "0001_01,30");
  }

  private Run train(Object data) {
    return Run.of("train", "--data", data, "--out", out);
  }

  private Run decide(Object data) {
    return decide(trained.bundle(), "passenger/baseline", data, "group", out);
  }

  private static Run decide(Object bundle, Object policy, Object data, Object batchBy, Object out) {
    return Run.of(
        "decide",
        "--bundle",
        bundle,
        "--policy",
        policy,
        "--data",
        data,
        "--batch-by",
        batchBy,
        "--out",
        out);
  }

  private void assertRefused(Run run, String line) throws IOException {
    assertThat(run.errLines()).containsExactly("weir: " + line);
    assertNothingDone(run);
  }

  /** Refused after the word on columns that the file lacks. */
  private void assertRefusedAtLast(Run run, String line) throws IOException {
    assertThat(run.errLines()).hasSize(2).endsWith("weir: " + line);
    assertNothingDone(run);
  }

  private void assertNothingDone(Run run) throws IOException {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    try (Stream<Path> files = Files.list(directory.resolve("results"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void missingDataFile_isNamed() throws IOException {
    Path nowhere = directory.resolve("nowhere.csv");
    String line = "no data file " + nowhere + "; name a CSV with a header line";

    assertRefused(train(nowhere), line);
    assertRefused(decide(nowhere), line);
  }

  @Test
  void missingBundle_isNamed() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    String line = nowhere + " is not a bundle: it has no manifest.json; make one with weir train";

    assertRefused(decide(nowhere, "passenger/baseline", rows(), "group", out), line);
    assertRefused(Run.of("bundle", "inspect", nowhere), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"member-00.json", "glm.json", "golden.json", "domain.yaml"})
  void bundleWithAChangedByte_namesTheFile(String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (Stream<Path> files = Files.list(trained.bundle())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    byte[] bytes = Files.readAllBytes(copy.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy.resolve(name), bytes);

    assertRefused(
        decide(copy, "passenger/baseline", rows(), "group", out),
        "bundle " + copy + " is refused: " + name
            + " was changed: its SHA-256 is not the manifest's");
  }

  @Test
  void csvWithoutTheIdColumn_saysWhatIsThere() throws IOException {
    Path data = file("rows.csv", "Passenger,Age", "0001_01,30");
    String line = data + " has no column 'PassengerId', the id of domain passenger; its columns are"
        + " [Passenger, Age]";

    assertRefused(train(data), line);
    assertRefused(decide(data), line);
  }

  @Test
  void labelThatIsNotBoolean_namesItsLine() throws IOException {
    Path data = file(
        "rows.csv", "PassengerId,Transported", "0001_01,True", "0002_01,maybe", "0003_01,False");

    Run run = train(data);

    assertThat(run.errLines())
        .containsExactly(
            "weir: 1 of 3 rows cannot be trained on; mend or remove them:",
            "  " + data + ":3: Transported 'maybe' must be true or false");
    assertNothingDone(run);
  }

  @Test
  void oneClassOnly_cannotBeTrainedOn() throws IOException {
    Path data = file("rows.csv", "PassengerId,Transported", "0001_01,True", "0002_01,True");

    assertRefusedAtLast(train(data), "every label is true; training needs rows of both classes");
  }

  @Test
  void fewRows_areRefusedWithTheBound() throws IOException {
    Path data = file("rows.csv", "PassengerId,Transported", "0001_01,True", "0002_01,False");

    assertRefusedAtLast(
        train(data),
        "2 rows, 1 of them true; training needs at least 100 rows and 10 of each class: give more"
            + " labelled rows");
  }

  @Test
  void wrongPolicy_listsEveryMistakeWithItsPlace() throws IOException {
    Path policy = file(
        "policy.yaml",
        Run.of("policy", "show", "passenger/baseline")
            .out()
            .replace("alpha: 0.0001", "alpha: 2")
            .replace("smallBatch: 10", "smallBatch: ten")
            .replace("\nsemantics: 1", "\nsemantics: 7")
            .split("\n"));

    Run run = decide(trained.bundle(), policy, rows(), "group", out);

    assertThat(run.errLines().get(0)).isEqualTo("weir: 3 mistakes");
    assertThat(run.errLines().stream().filter(line -> line.startsWith("ERROR: ")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).containsPattern("policy.yaml:\\d+:\\d+: "))
        .anySatisfy(line -> assertThat(line).contains("alpha 2"))
        .anySatisfy(line -> assertThat(line).contains("ten"))
        .anySatisfy(line -> assertThat(line).contains("semantics"));
    assertNothingDone(run);
  }

  @Test
  void wrongConfiguration_listsEveryMistakeWithItsPlace() throws IOException {
    Path config = file(
        "weir.yaml",
        "bootstrapServers: host:9092",
        "scope: passenger",
        "statDir: state",
        "bundlesDir: bundles",
        "batch.recordsMax: 20000",
        "http: {port: 80}");

    Run run = Run.of("run", "--config", config);

    assertThat(run.errLines().get(0)).isEqualTo("weir: 3 mistakes");
    assertThat(run.errLines().stream().filter(line -> line.startsWith("ERROR: ")))
        .containsExactly(
            "ERROR: weir.yaml:3:10: unknown setting 'statDir'; did you mean 'stateDir'?",
            "ERROR: weir.yaml:5:19: batch.recordsMax 20000 is outside [1, 10000]",
            "ERROR: weir.yaml:6:7: http must be a single value, found a map");
    assertNothingDone(run);
  }

  @Test
  void unknownShippedNames_listWhatIsShipped() throws IOException {
    assertRefused(
        Run.of("policy", "show", "passenger/best"),
        "no policy 'passenger/best': neither a file nor shipped; shipped: [passenger/hotfix,"
            + " passenger/steady, passenger/baseline, passenger/guarded]");
    assertRefused(
        Run.of("train", "--domain", "cargo", "--data", rows(), "--out", out),
        "no domain 'cargo': neither a file nor shipped; shipped: [passenger]");
  }

  @Test
  void unknownOption_isNamedWithoutThePageOfHelp() throws IOException {
    assertRefused(
        Run.of("train", "--data", rows(), "--out", out, "--sead", "7"),
        "Unknown options: '--sead', '7'; did you mean --seed?; try 'weir train --help'");
  }

  @Test
  void missingOption_isNamed() throws IOException {
    assertRefused(
        Run.of("train", "--data", rows()),
        "Missing required option: '--out=DIR'; try 'weir train --help'");
  }

  @Test
  void unknownCommand_isNamed() throws IOException {
    Run run = Run.of("trian");

    assertThat(run.errLines())
        .hasSize(1)
        .first()
        .asString()
        .contains("'trian'", "did you mean", "train", "weir --help");
    assertNothingDone(run);
  }

  @Test
  void numberThatIsNone_isNamed() throws IOException {
    Run run = Run.of("train", "--data", rows(), "--out", out, "--seed", "lucky");

    assertThat(run.errLines()).hasSize(1).first().asString().contains("--seed", "'lucky'");
    assertNothingDone(run);
  }

  @Test
  void batchByNonsense_listsWhatIsPossible() throws IOException {
    Run run = decide(trained.bundle(), "passenger/baseline", rows(), "cabins", out);

    assertThat(run.errLines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("weir: --batch-by 'cabins' is neither 'group', a number of rows, nor a field");
    assertNothingDone(run);
  }

  @Test
  void outThatIsADirectory_isRefused() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("taken"));

    assertRefused(
        decide(trained.bundle(), "passenger/baseline", rows(), "group", taken),
        "cannot write " + taken + ": it is a directory; name a file");
    assertThat(taken).isEmptyDirectory();
  }

  @Test
  void outInADirectoryThatIsNotThere_isRefused() throws IOException {
    Path nowhere = directory.resolve("nowhere");

    assertRefused(
        decide(trained.bundle(), "passenger/baseline", rows(), "group", nowhere.resolve("out")),
        "cannot write " + nowhere.resolve("out") + ": there is no directory " + nowhere
            + "; make it first");
  }

  @Test
  void outBelowAFile_isRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "theirs");

    assertRefused(
        decide(trained.bundle(), "passenger/baseline", rows(), "group", file.resolve("out")),
        "cannot write " + file.resolve("out") + ": " + file + " is a file; name a directory");
    assertThat(file).hasContent("theirs");
  }

  @Test
  void outInAClosedDirectory_isRefusedUnlessItsOwnerMayWriteAnywhere() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    assertThat(closed.toFile().setWritable(false)).isTrue();
    boolean isRoot = Files.isWritable(closed);

    Run run =
        decide(trained.bundle(), "passenger/baseline", rows(), "group", closed.resolve("out"));

    if (isRoot) {
      assertThat(run.code()).isZero();
    } else {
      assertRefused(
          run, "cannot write " + closed.resolve("out") + ": no permission to write in " + closed);
    }
  }

  @Test
  void outThatIsTheData_isRefused() throws IOException {
    Path data = rows();

    assertRefused(
        decide(trained.bundle(), "passenger/baseline", data, "group", data),
        "--out " + data + " is the data file itself; name another file");
    assertThat(data).hasContent("PassengerId,Age\n0001_01,30\n");
  }

  @Test
  void bundleDirectoryThatHoldsSomethingElse_isLeftAsItIs() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("taken"));
    Path theirs = Files.writeString(taken.resolve("manifest.json"), "{\"name\": \"a web page\"}");

    assertRefused(
        Run.of("train", "--data", trained.data(), "--out", taken),
        taken + " exists and is not a bundle: it holds manifest.json;"
            + " name another directory or remove it");
    assertThat(taken).isDirectoryContaining(theirs::equals);
  }

  @Test
  void bundleUnderAFile_isRefused() throws IOException {
    Path inside = rows().resolve("bundle");

    assertRefused(
        Run.of("train", "--data", trained.data(), "--out", inside),
        "cannot make the bundle " + inside + ": " + rows() + " is no directory to write in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"recordId\":",
        "[]",
        "{}",
        "",
        "{\"recordId\":\"1\"} x",
        "{\"recordId\":\"1\",\"recordId\":\"2\"}"
      })
  void decisionsThatAreNone_areNamedByLine(String line) throws IOException {
    Path decisions = file("decisions.jsonl", line);

    Run run = Run.of(
        "verify",
        "--bundle",
        trained.bundle(),
        "--policy",
        "passenger/baseline",
        "--decisions",
        decisions);

    assertThat(run.errLines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("weir: " + decisions + ":1: not ");
    assertNothingDone(run);
  }

  @Test
  void missingDecisions_areNamed() throws IOException {
    Path nowhere = directory.resolve("nowhere.jsonl");

    assertRefused(
        Run.of(
            "verify",
            "--bundle",
            trained.bundle(),
            "--policy",
            "passenger/baseline",
            "--decisions",
            nowhere),
        "no decisions file " + nowhere);
  }
}
