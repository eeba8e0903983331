package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Instances are stopped and started in turn, as for a new version. */
class RollingRestartTest {
  private static final List<String> NAMES = List.of("one", "two");

  @Test
  @Tag("long")
  void roll_staticMembers_partitionsStayWhereTheyAre() throws Exception {
    try (Scene scene = Scene.of("rolling restart with static membership")) {
      // Longer than a restart takes, or the member is taken for dead meanwhile.
      scene.with("kafka.session.timeout.ms", "120000");
      for (String name : NAMES) {
        scene.with("kafka.group.instance.id", name).givenInstances(name);
      }
      scene.givenLoad(200);
      scene.givenOutcomes(400);
      scene.givenPartitionsAreShared();
      var before = scene.partitionsByMember();

      scene.when("each is stopped and started in turn", () -> roll(scene));

      scene.thenEveryPartitionDecidesAgain();
      assertThat(scene.partitionsByMember()).isEqualTo(before);
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  @Test
  @Tag("long")
  void roll_ordinaryMembers_othersTakeOverAtOnce() throws Exception {
    try (Scene scene = Scene.of("rolling restart without")) {
      scene.givenInstances("one", "two");
      scene.givenLoad(200);
      scene.givenOutcomes(400);

      scene.when("each is stopped and started in turn", () -> roll(scene));

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  private static void roll(Scene scene) {
    for (String name : NAMES) {
      assertThat(scene.instance(name).stop()).isEqualTo(Instance.STATUS_OF_SIGTERM);
      scene.instance(name).startAgain();
      scene.awaitStarted(scene.instance(name));
    }
  }
}
