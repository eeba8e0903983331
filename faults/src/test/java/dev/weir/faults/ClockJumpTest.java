package dev.weir.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wall clock of an instance's machine jumps. Needs libfaketime (Debian's package of that name),
 * which gives one process another clock; the monotonic clock goes on, as it does in a real jump.
 */
@Tag("long")
class ClockJumpTest {
  private static final Optional<Path> LIBRARY = Stream.of(
          "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
          "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1")
      .map(Path::of)
      .filter(Files::exists)
      .findFirst();

  @Test
  void jump_twoHoursAhead_noBatchIsTorn() throws Exception {
    assumeTrue(LIBRARY.isPresent(), "left out: libfaketime is not installed");
    try (Scene scene = Scene.of("the clock jumps two hours ahead")) {
      Path clock = givenClock(scene);

      scene.when("the clock jumps", () -> set(clock, "+2h"));

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  @Test
  void jump_twoHoursBack_instanceEndsAndGoesOnWhenStartedAgain() throws Exception {
    assumeTrue(LIBRARY.isPresent(), "left out: libfaketime is not installed");
    try (Scene scene = Scene.of("the clock jumps two hours back")) {
      Path clock = givenClock(scene);

      scene.when("the clock jumps", () -> {
        set(clock, "-2h");
        scene.supervise("one");
      });

      scene.thenEveryPartitionDecidesAgain();
      scene.thenNothingIsLostDoubledOrTorn();
    }
  }

  /** An instance at work that has a clock of its own. */
  private static Path givenClock(Scene scene) {
    Path clock = scene.directory().resolve("clock");
    set(clock, "+0");
    scene.givenPolicy();
    Instance one = scene.start(
        "one",
        Map.of(
            "LD_PRELOAD", LIBRARY.orElseThrow().toString(),
            "FAKETIME_TIMESTAMP_FILE", clock.toString(),
            "FAKETIME_NO_CACHE", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "DONT_FAKE_MONOTONIC", "1",
            // Its own fix of timed waits makes those of a JVM return early.
            "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
    scene.awaitStarted(one);
    // Little: reading a clock takes the library twenty times as long as the system.
    scene.givenLoad(50);
    scene.givenOutcomes(100);
    return clock;
  }

  private static void set(Path clock, String offset) {
    try {
      Files.writeString(clock, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
