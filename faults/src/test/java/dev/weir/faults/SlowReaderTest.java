package dev.weir.faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody downstream cannot keep up. */
@Tag("long")
class SlowReaderTest {
  @Test
  void read_slowly_nobodyElseWaitsAndTheSlowOneMissesNothing() throws Exception {
    try (Scene scene = Scene.of("slow reader downstream")) {
      scene.givenInstances("one");
      Watch slow = scene.givenSlowReader();
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("a reader is slow", () -> {});

      scene.thenEveryPartitionDecidesAgain();
      scene.givenOutcomes(3_000);
      scene.thenNothingIsLostDoubledOrTorn();
      scene.thenSeesTheSame(slow);
    }
  }
}
