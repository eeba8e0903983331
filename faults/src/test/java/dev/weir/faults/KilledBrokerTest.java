package dev.weir.faults;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker goes away, in order or not, and comes back. */
class KilledBrokerTest {
  @Test
  void kill9_underLoad_gateGoesOnByItself() throws Exception {
    try (Scene scene = Scene.withMortalBroker("kill -9 of the broker")) {
      scene.givenInstances("one");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("the broker is killed and started again", () -> {
        scene.broker().kill();
        scene.broker().restart();
        scene.report(String.format(
            Locale.ROOT, "the broker answered after %.1f s", scene.secondsSinceFault()));
      });

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  @Test
  @Tag("long")
  void stop_underLoad_gateGoesOnByItself() throws Exception {
    try (Scene scene = Scene.withMortalBroker("stop and start of the broker")) {
      scene.givenInstances("one");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("the broker is stopped and started again", () -> {
        scene.broker().stop();
        scene.report(String.format(
            Locale.ROOT, "the broker had stopped after %.1f s", scene.secondsSinceFault()));
        scene.broker().restart();
        scene.report(String.format(
            Locale.ROOT, "the broker answered after %.1f s", scene.secondsSinceFault()));
      });

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }
}
