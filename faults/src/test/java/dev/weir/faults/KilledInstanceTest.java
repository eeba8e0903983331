package dev.weir.faults;

import org.junit.jupiter.api.Test;

/** One of two instances dies without a word. */
class KilledInstanceTest {
  @Test
  void kill9_oneOfTwoUnderLoad_otherTakesOverAndNothingIsLost() throws Exception {
    try (Scene scene = Scene.of("kill -9 of one of two instances")) {
      scene.givenInstances("one", "two");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("one is killed", () -> scene.instance("one").kill());

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }
}
