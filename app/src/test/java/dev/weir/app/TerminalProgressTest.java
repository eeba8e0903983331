package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private final StringWriter text = new StringWriter();
  private long nanos;

  private TerminalProgress progress(boolean isTerminal) {
    return new TerminalProgress(new PrintWriter(text, true), isTerminal, () -> nanos);
  }

  private void pass(long seconds) {
    nanos += 1_000_000_000 * seconds;
  }

  private String line() {
    return text.toString().substring(text.toString().lastIndexOf('K') + 1);
  }

  @Test
  void at_halfOfTheJob_takesAsLongAgain() {
    TerminalProgress progress = progress(true);
    progress.at("members", 0, 10);
    assertThat(line()).isEqualTo("members 0/10");
    pass(20);
    progress.at("members", 5, 10);

    assertThat(line()).isEqualTo("members 5/10, 20 s left");
  }

  /* One of the ten that were left took 3 s. */
  @Test
  void at_jobTakenUpInTheMiddle_isTimedByWhatWasDoneSince() {
    TerminalProgress progress = progress(true);
    progress.at("incidents", 90, 100);
    pass(3);
    progress.at("incidents", 91, 100);

    assertThat(line()).isEqualTo("incidents 91/100, 27 s left");
  }

  @Test
  void at_nextJob_isNotTimedByTheOneBefore() {
    TerminalProgress progress = progress(true);
    progress.at("folds", 0, 5);
    pass(500);
    progress.at("folds", 5, 5);
    progress.at("incidents", 0, 100);
    pass(2);
    progress.at("incidents", 1, 100);

    assertThat(line()).isEqualTo("incidents 1/100, 198 s left");
  }

  @Test
  void at_noTerminal_saysEachStageOnce() {
    TerminalProgress progress = progress(false);
    progress.at("members", 1, 4);
    progress.at("members", 2, 4);
    progress.at("worlds", 3, 4);
    progress.finish();

    assertThat(text.toString().lines()).containsExactly("members", "worlds");
  }
}
