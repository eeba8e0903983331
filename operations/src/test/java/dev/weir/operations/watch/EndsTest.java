package dev.weir.operations.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two sources over six partitions of a real broker, in transactions of which some are aborted; a
 * seventh and an eighth partition come to be when half of it is written.
 */
@ExtendWith(SharedBroker.class)
class EndsTest {
  private static final int SOURCES = 2;
  private static final int DECISIONS = 600;
  private static final int TRANSACTION = 20;
  private static final int PARTITIONS = 3;
  private static final long SECONDS_MAX = 60;

  private final Cluster cluster;
  private final TopicNames names = new TopicNames("watch-ends", "passenger");
  private final List<TopicPartition> logs = new ArrayList<>(partitions(0, PARTITIONS));

  EndsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private List<TopicPartition> partitions(int from, int to) {
    return Stream.of(names.autoAccept(), names.priorityAudit())
        .flatMap(topic -> IntStream.range(from, to).mapToObj(i -> new TopicPartition(topic, i)))
        .toList();
  }

  private void addPartitions(Admin admin) {
    Cluster.await(
        admin
            .createPartitions(Map.of(
                names.autoAccept(), NewPartitions.increaseTo(PARTITIONS + 1),
                names.priorityAudit(), NewPartitions.increaseTo(PARTITIONS + 1)))
            .all(),
        "more partitions");
  }

  /** Each source's offsets ascend; every fifth transaction is aborted and written again. */
  private void write(List<TopicPartition> logs, int begin, int end) {
    Map<String, Object> settings = new HashMap<>(cluster.properties());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "watch-ends");
    Random random = new Random(5);
    try (Producer<byte[], byte[]> writer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      writer.initTransactions();
      for (int from = begin; from < end; from += TRANSACTION) {
        if (from / TRANSACTION % 5 == 0) {
          send(writer, logs, from, random);
          writer.flush();
          writer.abortTransaction();
        }
        send(writer, logs, from, random);
        writer.commitTransaction();
      }
    }
  }

  private static void send(
      Producer<byte[], byte[]> writer, List<TopicPartition> logs, int from, Random random) {
    writer.beginTransaction();
    for (int i = from; i < from + TRANSACTION; i++) {
      TopicPartition log = logs.get(random.nextInt(logs.size()));
      byte[] value =
          ByteBuffer.allocate(8).putInt(i % SOURCES).putInt(i / SOURCES).array();
      writer.send(new ProducerRecord<>(log.topic(), log.partition(), null, value));
    }
  }

  private static DecisionMerge.Place place(ConsumerRecord<byte[], byte[]> record) {
    ByteBuffer value = ByteBuffer.wrap(record.value());
    int source = value.getInt();
    return new DecisionMerge.Place(0, source, value.getInt());
  }

  @Test
  void settle_decisionsOfManyPartitions_allComeInTheOrderOfTheirSource() {
    new Topics(cluster, names).make(new TopicSizes(PARTITIONS, 1));
    write(logs, 0, DECISIONS / 2);
    Map<String, Object> smallPolls = new HashMap<>(cluster.properties());
    smallPolls.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 7);
    List<DecisionMerge.Place> merged = new ArrayList<>();
    DecisionMerge<DecisionMerge.Place> merge = new DecisionMerge<>(logs, 1_000);
    try (Consumer<byte[], byte[]> reader = new Cluster(smallPolls).reader();
        Admin admin = cluster.admin()) {
      reader.assign(logs);
      reader.seekToBeginning(logs);
      Ends ends = new Ends(admin, reader, logs);
      addPartitions(admin);
      GainedPartitions gained = new GainedPartitions(
          admin, List.of(names.autoAccept(), names.priorityAudit()), Duration.ofMillis(20));
      long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS_MAX).toNanos();
      while (merged.size() < DECISIONS && System.nanoTime() < deadline) {
        for (TopicPartition more : gained.beside(logs)) {
          logs.add(more);
          reader.assign(logs);
          reader.seekToBeginning(List.of(more));
          merge.reads(more);
          ends.reads(more);
          if (logs.size() == 2 * (PARTITIONS + 1)) {
            write(logs, DECISIONS / 2, DECISIONS);
          }
        }
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(50))) {
          DecisionMerge.Place place = place(record);
          merge.add(new TopicPartition(record.topic(), record.partition()), place, place);
        }
        ends.settle(merge);
        for (Optional<DecisionMerge.Place> next = merge.next();
            next.isPresent();
            next = merge.next()) {
          next.ifPresent(merged::add);
        }
      }
    }

    for (int source = 0; source < SOURCES; source++) {
      int wanted = source;
      assertThat(merged.stream().filter(place -> place.partition() == wanted))
          .extracting(DecisionMerge.Place::offset)
          .containsExactlyElementsOf(
              IntStream.range(0, DECISIONS / SOURCES).mapToObj(i -> (long) i).toList());
    }
    assertThat(merge.isWaiting()).isFalse();
  }
}
