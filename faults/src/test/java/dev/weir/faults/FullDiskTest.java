package dev.weir.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk under the state directory fills up. Needs the right to mount a small file system. */
@Tag("long")
class FullDiskTest {
  private static final int KILOBYTES = 64;

  @Test
  void fill_stateDirectory_gateDecidesAndRestartsAllTheSame() throws Exception {
    try (Scene scene = Scene.of("full disk under the state directory")) {
      Path disk = Files.createDirectories(scene.directory().resolve("disk"));
      boolean isMounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + KILOBYTES + "k", "tmpfs", disk.toString());
      assumeTrue(isMounted, "left out: this user may not mount a file system");
      try {
        scene.with("stateDir", disk.resolve("state").toString()).givenInstances("one");
        scene.givenLoad(200);
        scene.givenOutcomes(400);

        scene.when("the disk fills up and the instance dies and is started again", () -> {
          fill(disk.resolve("everything"));
          scene.instance("one").kill();
          scene.instance("one").startAgain();
        });

        scene.thenEveryPartitionDecidesAgain();
        scene.thenNothingIsLostDoubledOrTorn();
        scene.instance("one").stop();
      } finally {
        run("umount", disk.toString());
      }
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  private static void fill(Path file) {
    byte[] kilobyte = new byte[1024];
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i <= KILOBYTES; i++) {
        out.write(kilobyte);
      }
      throw new AssertionError("the disk is not full");
    } catch (IOException full) {
      // No space left on device: that is what we want.
    }
  }
}
