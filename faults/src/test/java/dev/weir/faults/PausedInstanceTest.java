package dev.weir.faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that stands still, is taken for dead and wakes up again. */
@Tag("long")
class PausedInstanceTest {
  @Test
  void pause_longerThanTheSession_itsUnfinishedWorkIsFencedOff() throws Exception {
    try (Scene scene =
        Scene.of("an instance stands still until it is taken for dead, then wakes up")) {
      scene.givenInstances("one", "two");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("one stands still", () -> scene.instance("one").pause());
      scene.thenEveryPartitionDecidesAgain();
      scene.when("one wakes up", () -> scene.instance("one").wake());
      scene.thenEveryPartitionDecidesAgain();

      scene.thenNothingIsLostDoubledOrTorn();
    }
  }
}
