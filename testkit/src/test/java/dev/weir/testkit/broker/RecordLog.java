package dev.weir.testkit.broker;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One topic with one partition, written in transactions and read from its beginning. */
record RecordLog(String bootstrapServers, String topic) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  static RecordLog create(String bootstrapServers, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of(BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    return new RecordLog(bootstrapServers, topic);
  }

  void write(boolean isCommitted, String... values) {
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(
        Map.of(
            BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, "transactional.id", "writer-of-" + topic),
        new StringSerializer(),
        new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value));
      }
      producer.flush();
      if (isCommitted) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** The committed values, read as a group's member, so that the offsets topic is in play too. */
  List<String> readCommitted(int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        Map.of(
            BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            "group.id",
            "reader-of-" + topic,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      TopicPartition partition = new TopicPartition(topic, 0);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer
            .poll(Duration.ofMillis(100))
            .records(partition)
            .forEach(r -> values.add(r.value()));
      }
      consumer.commitSync();
    }
    return values;
  }
}
