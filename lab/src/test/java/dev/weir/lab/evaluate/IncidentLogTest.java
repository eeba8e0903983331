package dev.weir.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.drift.DriftWatch;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.train.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where another was killed. */
class IncidentLogTest {
  private static final String INCIDENTS = "incidents";
  private static final String NO_HOLD = "{mode: excess, recordsMin: 1000, alpha: 0.0001}";
  private static final String OTHER_HOLD = "{mode: excess, recordsMin: 1000, alpha: 0.0002}";
  private static final int ROWS = 150;
  private static final int KILLED_AFTER = 20;
  private static final long SEED = 3;
  private static final Watching WATCHING = new Watching(DriftWatch.Settings.DEFAULTS, 0);

  @TempDir
  private static Path finished;

  @TempDir
  private static Path killed;

  private static Goal uninterrupted;

  /** A run, and what lay on the disk in the midst of it. */
  @BeforeAll
  static void runAndCopyHalfway() {
    Progress halfway = (stage, done, total) -> {
      if (stage.equals(INCIDENTS) && done == KILLED_AFTER) {
        copy(onlyFile(finished), killed);
      }
    };
    uninterrupted =
        goal(Folded.plain(NO_HOLD), ROWS, SEED, WATCHING, IncidentLog.in(finished), halfway);
  }

  private static Goal goal(
      PolicyFile policy,
      int rows,
      long seed,
      Watching watching,
      IncidentLog log,
      Progress progress) {
    return new GoalJudge(List.of(0.85), List.of(25, 50), seed, watching, true, 2, log, progress)
        .judge(List.of(Folded.few(rows)), policy, "a policy", CorruptionSuite.of(Folded.PASSENGER));
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path onlyFile(Path directory) {
    return files(directory).get(0);
  }

  private static void copy(Path file, Path directory) {
    try {
      Files.copy(file, directory.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goal_finished_leavesNothingBehind() {
    assertThat(files(finished)).isEmpty();
  }

  @Test
  void goal_ofEveryProcess_writesFlagsInTheOrderOfNames() {
    assertThat(uninterrupted.points())
        .flatExtracting(Goal.Point::incidents)
        .extracting(Incident::raised)
        .anySatisfy(raised -> assertThat(raised).hasSizeGreaterThan(3))
        .allSatisfy(raised -> assertThat(List.copyOf(raised.keySet())).isSorted());
  }

  @Test
  void goal_killedInTheMidstOfALine_goesOnToTheSameResult(@TempDir Path directory)
      throws IOException {
    copy(onlyFile(killed), directory);
    String half = Files.readAllLines(onlyFile(killed)).get(0).substring(0, 200);
    Files.writeString(onlyFile(directory), half, StandardOpenOption.APPEND);
    IncidentLog log = IncidentLog.in(directory);
    List<String> stages = Collections.synchronizedList(new ArrayList<>());

    Goal resumed = goal(
        Folded.plain(NO_HOLD),
        ROWS,
        SEED,
        WATCHING,
        log,
        (stage, done, total) -> stages.add(stage));

    // The other thread may have finished one or two more before the copy was made.
    assertThat(log.takenUp()).isBetween(KILLED_AFTER, KILLED_AFTER + 2);
    assertThat(resumed).isEqualTo(uninterrupted);
    assertThat(stages)
        .contains(String.format(
            Locale.ROOT,
            "incidents, %d of 111 taken up from a run that was stopped",
            log.takenUp()))
        .filteredOn(stage -> stage.startsWith(INCIDENTS))
        .as("each of the others, after one to begin with")
        .hasSize(1 + 111 - log.takenUp());
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void goal_garbledLine_isWorkedOutAgain(@TempDir Path directory) throws IOException {
    copy(onlyFile(killed), directory);
    List<String> lines = Files.readAllLines(onlyFile(directory));
    String glued = lines.get(3).substring(0, 100) + lines.get(4);
    Files.write(
        onlyFile(directory),
        Stream.concat(
                Stream.of(glued, lines.get(5) + lines.get(6)), lines.stream().skip(7))
            .toList());

    assertThat(takenUp(Folded.plain(NO_HOLD), ROWS, SEED, WATCHING, directory))
        .isEqualTo(lines.size() - 7);
  }

  @Test
  void goal_ofAnythingElse_takesNothingUp() {
    PolicyFile policy = Folded.plain(NO_HOLD);

    assertThat(takenUp(policy, ROWS, SEED, WATCHING, killed)).isGreaterThanOrEqualTo(KILLED_AFTER);
    assertThat(takenUp(Folded.plain(OTHER_HOLD), ROWS, SEED, WATCHING, killed)).isZero();
    assertThat(takenUp(policy, ROWS - 1, SEED, WATCHING, killed)).isZero();
    assertThat(takenUp(policy, ROWS, SEED + 1, WATCHING, killed)).isZero();
    assertThat(takenUp(policy, ROWS, SEED, new Watching(WATCHING.settings(), 1), killed))
        .isZero();
    assertThat(takenUp(
            policy,
            ROWS,
            SEED,
            new Watching(new DriftWatch.Settings(0.002, 1.3, 86_400_000), 0),
            killed))
        .isZero();
  }

  /** Of a run that is stopped before it works out anything. */
  private static int takenUp(
      PolicyFile policy, int rows, long seed, Watching watching, Path directory) {
    IncidentLog log = IncidentLog.in(directory);
    assertThatThrownBy(() -> goal(policy, rows, seed, watching, log, (stage, done, total) -> {
          if (stage.startsWith(INCIDENTS)) {
            throw new CancellationException();
          }
        }))
        .isInstanceOf(CancellationException.class);
    return log.takenUp();
  }

  @Test
  void goal_directoryThatIsAFile_namesTheOption(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("cache"), "no directory");

    assertThatThrownBy(() -> goal(
            Folded.plain(NO_HOLD), ROWS, SEED, WATCHING, IncidentLog.in(file), Progress.silent()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("--cache");
  }
}
