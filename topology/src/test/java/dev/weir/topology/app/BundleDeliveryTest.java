package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.topology.book.BundleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance gets its bundle over Kafka. */
@Timeout(180)
class BundleDeliveryTest {
  private static final int SPENDER = 3;

  @TempDir
  Path directory;

  private static List<Path> entries(Path of) throws IOException {
    try (Stream<Path> found = Files.list(of)) {
      return found.toList();
    }
  }

  /** Well-formed parts with the right manifest, and one byte of the model wrong. */
  private static SortedMap<String, byte[]> damaged(SortedMap<String, byte[]> files) {
    byte[] glm = files.get("glm.json").clone();
    glm[0] ^= 1;
    files.put("glm.json", glm);
    return files;
  }

  @Test
  void start_bundleNowhere_waitsRejectsWrongPartsAndActivatesTheRightOnes() throws Exception {
    try (GateCluster cluster = new GateCluster(directory)) {
      Path own = directory.resolve("own");
      Map<String, String> settings = Map.of("bundlesDir", own.toString());
      Fingerprint bundle = cluster.bundle.fingerprint();
      cluster.parts(Fingerprint.of("another"), cluster.bundleFiles());
      cluster.release("passenger/hotfix", 1, 0);
      cluster.passenger("", SPENDER, Map.of());
      try (GateCluster.Starting starting = cluster.starting(settings)) {
        assertThat(starting.app().isReady()).isFalse();
        assertThat(cluster.reports(1).get(0).reason())
            .isEqualTo("bundle " + bundle + " is not here yet");

        cluster.parts(bundle, damaged(cluster.bundleFiles()));
        InstanceReport rejected = cluster.reports(2).get(1);
        assertThat(rejected.state()).isEqualTo(InstanceReport.State.WAITING_FOR_BUNDLE);
        assertThat(rejected.reason())
            .contains("came over weir.bundles and is rejected")
            .contains("glm.json was changed");
        assertThat(entries(own)).isEmpty();

        cluster.parts(bundle, cluster.bundleFiles());

        assertThat(cluster.decisions(1)).hasSize(1);
        assertThat(cluster.reports(3).get(2).state()).isEqualTo(InstanceReport.State.ACTIVATED);
        assertThat(entries(own)).containsExactly(own.resolve(bundle.hex()));
      }
      assertThat(new BundleStore(own).apply(bundle)).isPresent();
    }
  }
}
