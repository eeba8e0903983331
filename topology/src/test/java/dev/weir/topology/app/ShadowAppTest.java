package dev.weir.topology.app;

import static dev.weir.topology.app.GateCluster.TOPICS;
import static dev.weir.topology.app.GateCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.release.Purpose;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.avro.ShadowDifference;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.ShadowCodec;
import dev.weir.testkit.bundle.TinyBundle;
import dev.weir.topology.shadow.ShadowApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shadows on a real broker: in the gate's task, and beside it. */
@Timeout(180)
class ShadowAppTest {
  private static final int ROWS = 9;

  @TempDir
  Path directory;

  private static List<ShadowDifference> differences(GateCluster cluster, int count) {
    return cluster.read(TOPICS.shadow(), count).stream()
        .map(record -> new ShadowCodec().decode(record.value()))
        .toList();
  }

  /** By record id, every version of the decision's bytes that was written. */
  private static Map<String, List<String>> decisions(GateCluster cluster, int count) {
    List<ConsumerRecord<byte[], byte[]>> found = await(
        count + " decisions",
        () -> Stream.of(TOPICS.autoAccept(), TOPICS.priorityAudit())
            .flatMap(topic -> cluster.read(topic).stream())
            .toList(),
        all -> all.size() >= count);
    Map<String, List<String>> byRecord = new TreeMap<>();
    found.forEach(record -> byRecord
        .computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
        .add(record.topic() + " " + HexFormat.of().formatHex(record.value())));
    return byRecord;
  }

  @Test
  void run_shadows_tellDifferencesAndChangeNoActiveByte() throws Exception {
    try (GateCluster cluster = new GateCluster(directory)) {
      Bundle other = TinyBundle.write(directory.resolve("bundles/other"), 1);
      cluster.release("passenger/hotfix", 1, 0);
      for (int i = 0; i < ROWS; i++) {
        cluster.passenger("b" + i / 3, i, 1_000 + i, Map.of(Headers.BATCH_SIZE, "3"));
      }
      try (GateApp alone = cluster.started(Map.of("applicationId", "alone"))) {
        assertThat(decisions(cluster, ROWS)).hasSize(ROWS);
        assertThat(alone.inForce().shadow()).isEmpty();
      }
      assertThat(cluster.read(TOPICS.shadow())).isEmpty();

      cluster.shadow("passenger/baseline", cluster.bundle, 1, OptionalLong.empty());
      try (GateApp beside = cluster.started(Map.of("applicationId", "beside"))) {
        await("the shadow", () -> beside.inForce().shadow().isPresent());
        // The same records once more, by another application: every decision twice, to the byte.
        assertThat(decisions(cluster, 2 * ROWS))
            .hasSize(ROWS)
            .allSatisfy((record, versions) -> assertThat(versions)
                .hasSize(2)
                .satisfies(two -> assertThat(two.get(0)).isEqualTo(two.get(1))));
        int inTask = differences(cluster, 1).size();
        assertThat(inTask).isPositive();

        cluster.shadow("passenger/baseline", other, 2, OptionalLong.empty());
        await("another bundle's shadow", () -> beside.inForce().shadow().isEmpty());
      }
      assertOtherBundle(cluster, other);
    }
  }

  private static void run(ShadowApp app) {
    try {
      app.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOtherBundle(GateCluster cluster, Bundle other) throws Exception {
    ShadowApp app = new ShadowApp(cluster.config(Map.of()));
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(app));
    List<ShadowDifference> found = await(
        "differences of the other bundle",
        () -> differences(cluster, 1).stream().filter(one -> isBy(one, other)).toList(),
        all -> !all.isEmpty());
    app.close();

    running.get(20, TimeUnit.SECONDS);
    assertThat(found)
        .allSatisfy(one ->
            assertThat(one.getActive().getRoute()).isNotEqualTo(one.getShadow().getRoute()));
    assertThat(cluster.reports(1))
        .anySatisfy(
            report -> assertThat(report.scope()).isEqualTo(Purpose.SHADOW.named("passenger")));
  }

  private static boolean isBy(ShadowDifference one, Bundle bundle) {
    return HexFormat.of()
        .formatHex(one.getShadow().getRelease().getBundle().bytes())
        .equals(bundle.fingerprint().hex());
  }
}
