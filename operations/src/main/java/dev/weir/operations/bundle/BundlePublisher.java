package dev.weir.operations.bundle;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.bundle.BundleParts;
import dev.weir.schemas.bundle.PartKey;
import dev.weir.schemas.topic.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Puts bundles on the bundle topic, from where instances that lack one fetch it. */
public final class BundlePublisher {
  private final Cluster cluster;
  private final String topic;

  public BundlePublisher(Cluster cluster, TopicNames names) {
    this.cluster = cluster;
    this.topic = names.bundles();
  }

  /**
   * What was published.
   *
   * @param parts how many records were written; 0 if the topic had the bundle already
   */
  public record Published(Fingerprint bundle, int parts) {}

  /**
   * Publishes a bundle, unless the topic has it whole. It is checked before as for scoring.
   *
   * @throws IllegalArgumentException if the directory is no bundle that can be used, or too large
   * @throws IllegalStateException if the cluster does not acknowledge it, or has no bundle topic
   */
  public Published publish(Path directory) {
    Bundle bundle = BundleDirectory.read(directory);
    List<byte[]> parts = BundleParts.split(files(directory));
    if (isThere(bundle.fingerprint(), parts)) {
      return new Published(bundle.fingerprint(), 0);
    }
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int number = 0; number < parts.size(); number++) {
        PartKey key = new PartKey(bundle.fingerprint(), number);
        sent.add(writer.send(new ProducerRecord<>(topic, key.bytes(), parts.get(number))));
      }
      sent.forEach(part -> Cluster.await(part, "publishing bundle " + bundle.fingerprint()));
    }
    return new Published(bundle.fingerprint(), parts.size());
  }

  private static SortedMap<String, byte[]> files(Path directory) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(directory)) {
      for (Path file : found.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundle " + directory + ": " + e, e);
    }
    return files;
  }

  /* Compared as it streams by, so that no bundle of the topic is held in memory. */
  private boolean isThere(Fingerprint bundle, List<byte[]> parts) {
    BitSet found = new BitSet();
    TopicReader reader = new TopicReader(cluster);
    reader.read(
        reader.spans(List.of(topic), TopicReader.End.COMMITTED),
        record -> compare(record, bundle, parts, found));
    return found.cardinality() == parts.size();
  }

  private static void compare(
      ConsumerRecord<byte[], byte[]> record, Fingerprint bundle, List<byte[]> parts, BitSet found) {
    PartKey.parse(record.key())
        .filter(key -> key.bundle().equals(bundle) && key.part() < parts.size())
        .ifPresent(
            key -> found.set(key.part(), Arrays.equals(record.value(), parts.get(key.part()))));
  }
}
