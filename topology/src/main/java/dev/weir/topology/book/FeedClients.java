package dev.weir.topology.book;

import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.topology.log.LogLine;
import dev.weir.topology.log.Repeats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed's own Kafka clients. */
final class FeedClients {
  private static final Logger LOG = LoggerFactory.getLogger(FeedClients.class);
  private static final Repeats REPEATS = Repeats.to(LOG::warn);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private FeedClients() {}

  static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    Map<String, Object> settings = known(kafka, ConsumerConfig.configNames());
    // A release that was sent in a transaction counts when that is committed, as all Weir reads.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // No group and no commit: every instance reads the whole topic at every start.
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static ReleaseBookFeed.ReportSink reports(Map<String, Object> kafka, String topic) {
    Map<String, Object> settings = known(kafka, ProducerConfig.configNames());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A report that cannot be sent must not keep the book from moving on for a minute.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new Reports(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()), topic);
  }

  private static Map<String, Object> known(Map<String, Object> kafka, Set<String> names) {
    Map<String, Object> known = new HashMap<>(kafka);
    known.keySet().retainAll(names);
    return known;
  }

  private record Reports(Producer<byte[], byte[]> producer, String topic, ActivationCodec codec)
      implements ReleaseBookFeed.ReportSink {
    Reports(Producer<byte[], byte[]> producer, String topic) {
      this(producer, topic, new ActivationCodec());
    }

    @Override
    public void report(InstanceReport report) {
      try {
        byte[] key = report.key().getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> unused = producer.send(
            new ProducerRecord<>(topic, key, codec.encode(report)), (written, failure) -> {
              if (failure != null) {
                notSent(failure);
              }
            });
      } catch (KafkaException e) {
        notSent(e);
      }
    }

    private void notSent(Exception failure) {
      REPEATS.say(
          LogLine.event("report_unsent"),
          line -> line.with("topic", topic).with("reason", failure));
      REPEATS.tick();
    }

    @Override
    public void close() {
      producer.close(CLOSE_LIMIT);
    }
  }
}
