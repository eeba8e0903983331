package dev.weir.topology.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private final List<String> said = new ArrayList<>();
  private long now = 5;
  private final Repeats repeats = new Repeats(said::add, () -> now);

  private void refuse(String cause, int offset) {
    repeats.say(
        LogLine.event("dead_letter").with("cause", cause), line -> line.with("offset", offset));
  }

  private void after(long ms) {
    now += ms;
    repeats.tick();
  }

  @Test
  void say_firstOfAKind_comesAtOnceWithItsDetails() {
    refuse("INVALID", 7);
    refuse("UNDECODABLE", 8);

    assertThat(said)
        .containsExactly(
            "event=dead_letter cause=INVALID offset=7",
            "event=dead_letter cause=UNDECODABLE offset=8");
  }

  @Test
  void say_moreOfAKind_areCountedOnceAPeriod() {
    refuse("INVALID", 7);
    refuse("INVALID", 8);
    after(Repeats.PERIOD_MS - 1);
    refuse("INVALID", 9);
    assertThat(said).hasSize(1);

    after(1);
    refuse("INVALID", 10);
    after(Repeats.PERIOD_MS);

    assertThat(said)
        .containsExactly(
            "event=dead_letter cause=INVALID offset=7",
            "event=dead_letter cause=INVALID more=2 in_ms=60000",
            "event=dead_letter cause=INVALID more=1 in_ms=60000");
  }

  @Test
  void say_afterAQuietPeriod_isAFirstAgain() {
    refuse("INVALID", 7);
    after(Repeats.PERIOD_MS);

    refuse("INVALID", 99);

    assertThat(said)
        .containsExactly(
            "event=dead_letter cause=INVALID offset=7",
            "event=dead_letter cause=INVALID offset=99");
  }
}
