package dev.weir.faults;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a gate leaves behind between two of its lives: the changelogs of its stores, how far it has
 * committed, and the records that those speak of. Its state directory has nothing that matters, as
 * its stores are in memory. A text file: a line for each record, tab-separated, bytes in hex.
 */
record StateSnapshot(List<String> lines) {
  private static final HexFormat HEX = HexFormat.of();
  private static final String NULL = "-";
  private static final String OFFSET = "committed";

  static StateSnapshot read(String resource) {
    try (var in =
        Objects.requireNonNull(StateSnapshot.class.getResourceAsStream(resource), resource)) {
      return new StateSnapshot(
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a gate that has ended has left on a cluster. */
  static StateSnapshot capture(Cluster cluster, String records, String application) {
    List<String> lines = new ArrayList<>();
    try (Admin admin = cluster.admin()) {
      List<String> topics = new ArrayList<>(List.of(records));
      Cluster.await(admin.listTopics().names(), "listing topics").stream()
          .filter(name -> name.startsWith(application + "-") && name.endsWith("-changelog"))
          .sorted()
          .forEach(topics::add);
      TopicReader reader = new TopicReader(cluster);
      reader.read(
          reader.spans(topics, TopicReader.End.COMMITTED), record -> lines.add(line(record)));
      Cluster.await(
              admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata(),
              "listing offsets")
          .forEach((partition, offset) -> lines.add(
              String.join("\t", OFFSET, "" + partition.partition(), "" + offset.offset())));
    }
    return new StateSnapshot(lines);
  }

  private static String line(ConsumerRecord<byte[], byte[]> record) {
    String headers = StreamSupport.stream(record.headers().spliterator(), false)
        .map(header -> header.key() + "=" + hex(header.value()))
        .collect(Collectors.joining(","));
    return String.join(
        "\t",
        record.topic(),
        Integer.toString(record.partition()),
        Long.toString(record.timestamp()),
        hex(record.key()),
        headers.isEmpty() ? NULL : headers,
        hex(record.value()));
  }

  private static String hex(byte @Nullable [] bytes) {
    return bytes == null ? NULL : "x" + HEX.formatHex(bytes);
  }

  private static byte @Nullable [] bytes(String hex) {
    return hex.equals(NULL) ? null : HEX.parseHex(hex.substring(1));
  }

  void write(Path file) throws IOException {
    Files.write(file, lines);
  }

  /** Puts all of it onto another cluster, as if the gate had run there. */
  void restore(Cluster cluster, String application, String source, int partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    try (Admin admin = cluster.admin();
        Producer<byte[], byte[]> writer = cluster.writer()) {
      List<NewTopic> changelogs = lines.stream()
          .map(line -> line.split("\t")[0])
          .filter(topic -> topic.endsWith("-changelog"))
          .distinct()
          .map(topic -> new NewTopic(topic, partitions, (short) 1)
              .configs(Map.of("cleanup.policy", "compact")))
          .toList();
      Cluster.await(admin.createTopics(changelogs).all(), "making changelogs");
      for (String line : lines) {
        String[] parts = line.split("\t");
        if (parts[0].equals(OFFSET)) {
          committed.put(
              new TopicPartition(source, Integer.parseInt(parts[1])),
              new OffsetAndMetadata(Long.parseLong(parts[2])));
        } else {
          writer.send(record(parts));
        }
      }
      writer.flush();
      Cluster.await(
          admin.alterConsumerGroupOffsets(application, committed).all(), "committing offsets");
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String[] parts) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        parts[0],
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        bytes(parts[3]),
        bytes(parts[5]));
    if (!parts[4].equals(NULL)) {
      for (String header : parts[4].split(",")) {
        int equals = header.indexOf('=');
        record.headers().add(header.substring(0, equals), bytes(header.substring(equals + 1)));
      }
    }
    return record;
  }
}
