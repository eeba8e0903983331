package dev.weir.faults;

import dev.weir.operations.policy.PublishedRelease;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies that come while instances start and decide, many in a row. */
class PolicyStormTest {
  private static final int PUSHES = 40 * Scene.scale();

  @Test
  void push_whileInstancesStartAndDecide_eachBatchHasOneReleaseAndTheLastOneWins()
      throws Exception {
    try (Scene scene = Scene.of(PUSHES + " policies in a row")) {
      Instance early = scene.start("one");
      scene.push("baseline");
      scene.push("steady");
      scene.awaitStarted(early);
      scene.givenLoad(200);
      scene.givenOutcomes(200);

      Instance late = scene.start("two");
      PublishedRelease[] last = new PublishedRelease[1];
      scene.when("policies are pushed, the first while an instance starts", () -> {
        for (int i = 0; i < PUSHES; i++) {
          last[0] = scene.push(i % 2 == 0 ? "baseline" : "steady");
        }
      });
      scene.awaitStarted(late);

      scene.thenIsActivated(last[0], List.of("one", "two"));
      scene.thenEveryPartitionDecidesAgain();
      scene.thenDecidesUnder(last[0].epoch());
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }
}
