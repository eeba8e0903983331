package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance is told to stop, and one is started before its Kafka. */
class StoppedInstanceTest {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  /* Draining is to end by itself, however busy the machine; the bound is not what ends it. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  /* What docs/running.md promises: closeMsMax and five seconds. */
  private static double secondsToStop(Duration closeMax) {
    return closeMax.toSeconds() + 5;
  }

  @Test
  void sigterm_underLoad_drainsWithinItsBoundAndLosesNothing() throws Exception {
    try (Scene scene = Scene.of("SIGTERM under load")) {
      scene.with("closeMsMax", Long.toString(DRAIN_MAX.toMillis())).givenInstances("one");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("the instance is stopped and started again", () -> {
        assertThat(scene.instance("one").stop()).isEqualTo(Instance.STATUS_OF_SIGTERM);
        assertThat(scene.secondsSinceFault()).isLessThan(secondsToStop(DRAIN_MAX));
        scene.report(
            String.format(Locale.ROOT, "it had stopped after %.1f s", scene.secondsSinceFault()));
        scene.instance("one").startAgain();
      });

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  @Test
  @Tag("long")
  void start_whileTheBrokerIsAway_saysSoAndDecidesWhenItComes() throws Exception {
    try (Scene scene = Scene.withMortalBroker("an instance is started before its broker")) {
      scene.givenPolicy();
      scene.broker().stop();
      Instance one = scene.start("one");
      Instance two = scene.start("two");
      for (Instance waiting : List.of(one, two)) {
        Await.until(
            "a line that says what it waits for",
            () -> waiting.hasSaid("event=waits_for_kafka"),
            waiting::said);
      }
      assertThat(two.stop()).isEqualTo(Instance.STATUS_OF_SIGTERM);

      scene.when("the broker comes", () -> scene.broker().restart());
      scene.givenLoad(200);

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  @Test
  @Tag("long")
  void sigterm_whileTheBrokerIsAway_endsWithinItsBound() throws Exception {
    try (Scene scene = Scene.withMortalBroker("SIGTERM while the broker is away")) {
      scene.with("closeMsMax", Long.toString(CLOSE_MAX.toMillis())).givenInstances("one");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("the broker goes and the instance is stopped", () -> {
        scene.broker().kill();
        assertThat(scene.instance("one").stop()).isEqualTo(Instance.STATUS_OF_SIGTERM);
        assertThat(scene.secondsSinceFault()).isLessThan(secondsToStop(CLOSE_MAX) + 5);
        scene.report(
            String.format(Locale.ROOT, "it had stopped after %.1f s", scene.secondsSinceFault()));
        scene.broker().restart();
        scene.instance("one").startAgain();
      });

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }
}
