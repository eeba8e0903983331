package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.lab.world.PassengerWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir evaluate} and {@code weir slices} on a file that judges. */
@ExtendWith(Trained.Once.class)
class EvaluateTest {
  @TempDir
  Path directory;

  private Trained trained;

  @BeforeEach
  void begin(Trained shared) {
    trained = shared;
  }

  /** Passengers of another world, under ids that training had none of. */
  private Path judge() throws IOException {
    Path csv = directory.resolve("judge.csv");
    PassengerWorld.writeCsv(csv, PassengerWorld.rows(400, 77));
    String text = Files.readString(csv);
    return Files.writeString(csv, text.replaceAll("(?m)^(\\d{4,}_)", "9$1"));
  }

  private Run evaluate(Path data, Object... more) {
    Object[] all = new Object[9 + more.length];
    Object[] first = {
      "evaluate",
      "--bundle",
      trained.bundle(),
      "--policy",
      "passenger/baseline",
      "--data",
      data,
      "--incidents",
      "0"
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Run.of(all);
  }

  @Test
  void evaluate_rowsOfTraining_isRefusedWithTheCount() {
    Run run = evaluate(trained.data());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("900 of 900 rows to be judged by were fitted to");
  }

  @Test
  void evaluate_rowsThatJudge_saysItAllAndCountsTheLooks() throws IOException {
    Path data = judge();
    Path json = directory.resolve("evaluation.json");
    Path page = directory.resolve("evaluation.html");

    Run first = evaluate(data, "--json", json, "--page", page);
    Run second = evaluate(data);

    assertThat(json).as(first.err()).exists();
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(first.code())
        .as(first.err())
        .isEqualTo(figures.path("isWorse").booleanValue() ? 1 : 0);
    assertThat(first.out())
        .contains("plain confidence at that coverage")
        .contains("judge.csv was opened to judge by 1 time, this one included");
    assertThat(figures.path("rows").intValue()).isEqualTo(400);
    assertThat(page).content().contains("What do batches cost?");
    assertThat(second.out()).contains("opened to judge by 2 times");
  }

  @Test
  void slices_rowsThatJudge_comeWithAFlagFile() throws IOException {
    Path yaml = directory.resolve("flags.yaml");
    Run run = Run.of("slices", "--bundle", trained.bundle(), "--data", judge(), "--yaml", yaml);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("declared flags").contains("found by error");
    assertThat(yaml).content().contains("extraFlags:");
  }

  @Test
  void goal_withoutFolds_saysThatItNeedsThem() throws IOException {
    Run run = Run.of(
        "goal", "--bundle", trained.bundle(), "--policy", "passenger/baseline", "--data", judge());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("give --folds");
  }
}
