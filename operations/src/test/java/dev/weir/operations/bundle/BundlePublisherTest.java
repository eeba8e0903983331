package dev.weir.operations.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.model.bundle.Bundle;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.bundle.BundleParts;
import dev.weir.schemas.bundle.PartKey;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class BundlePublisherTest {
  @TempDir
  Path directory;

  private final Cluster cluster;
  private final TopicNames names = new TopicNames("bundles-" + UUID.randomUUID(), "p");

  BundlePublisherTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private BundlePublisher publisher() {
    return new BundlePublisher(cluster, names);
  }

  private BundleParts published(Bundle bundle) {
    BundleParts parts = new BundleParts(bundle.fingerprint());
    TopicReader reader = new TopicReader(cluster);
    reader.read(
        reader.spans(List.of(names.bundles()), TopicReader.End.COMMITTED),
        record -> parts.add(PartKey.parse(record.key()).orElseThrow(), record.value()));
    return parts;
  }

  @Test
  void publish_onceMore_writesNothingUnlessAPartIsWrong() throws IOException {
    new Topics(cluster, names).make(new TopicSizes(1, 1));
    Path tiny = directory.resolve("tiny");
    Bundle bundle = TinyBundle.write(tiny);

    assertThat(publisher().publish(tiny))
        .isEqualTo(new BundlePublisher.Published(bundle.fingerprint(), 2));
    assertThat(publisher().publish(tiny).parts()).isZero();
    SortedMap<String, byte[]> files = published(bundle).files().orElseThrow();
    for (String name : files.keySet()) {
      assertThat(files.get(name)).as(name).isEqualTo(Files.readAllBytes(tiny.resolve(name)));
    }

    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      byte[] key = new PartKey(bundle.fingerprint(), 1).bytes();
      Cluster.await(
          writer.send(new ProducerRecord<>(names.bundles(), key, new byte[9])), "damaging");
    }
    assertThat(publisher().publish(tiny).parts()).isEqualTo(2);
    assertThat(published(bundle).files()).isPresent();
  }

  @Test
  void publish_whatIsNoBundle_isRefusedBeforeAnythingIsAsked() throws IOException {
    Path damaged = directory.resolve("damaged");
    TinyBundle.write(damaged);
    Files.writeString(damaged.resolve("glm.json"), "{}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> publisher().publish(damaged))
        .withMessageContaining("glm.json was changed");
  }

  @Test
  void publish_withoutTheTopic_namesIt() {
    Path tiny = directory.resolve("tiny");
    TinyBundle.write(tiny);

    assertThatIllegalStateException()
        .isThrownBy(() -> publisher().publish(tiny))
        .withMessageContaining(names.bundles());
  }
}
