package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo on a real broker: the main job from end to end. */
class DemoTest {
  private static String printed = "";
  private static boolean succeeded;

  @BeforeAll
  static void run() throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DemoOptions options =
        new DemoOptions(Optional.empty(), 600, 7, 1_000, 0, false, Path.of("target", "demo"), out);
    succeeded = new Demo(options).run();
    printed = bytes.toString(StandardCharsets.UTF_8);
    System.out.println(printed);
  }

  @Test
  void demo_everythingSent_isAccountedFor() {
    assertThat(succeeded).isTrue();
    assertThat(printed).contains("balances").doesNotContain("FAILED");
  }

  @Test
  void demo_policySwap_isActivatedAndExplained() {
    assertThat(printed)
        .contains("release  hotfix, epoch 1: activated")
        .contains("why      hotfix holds a batch as soon as")
        .contains("release  baseline, epoch 2: activated");
  }

  @Test
  void demo_poisonAndInvalidRecords_areDeadLettered() {
    assertThat(printed).contains("INVALID=").contains("UNDECODABLE=");
  }

  @Test
  void demo_canariesThatOnlyTheBlockKeeps_raiseAlerts() {
    assertThat(printed).contains("CANARY_WOULD_ACCEPT");
  }
}
