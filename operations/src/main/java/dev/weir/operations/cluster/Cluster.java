package dev.weir.operations.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster as the tools reach it.
 *
 * @param properties what every client gets: bootstrap.servers, security, anything of Kafka's
 */
public record Cluster(Map<String, Object> properties) {
  private static final long ANSWER_SECONDS_MAX = 60;

  public Cluster {
    properties = Map.copyOf(properties);
    if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException(
          "a cluster needs bootstrap.servers, found " + properties.keySet());
    }
  }

  /** The cluster at an address, {@code host:port}, without security. */
  public static Cluster at(String bootstrapServers) {
    return new Cluster(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** A client for topics, offsets and groups. */
  public Admin admin() {
    return Admin.create(properties);
  }

  /** A reader of committed records, in no group, which commits nothing. */
  public Consumer<byte[], byte[]> reader() {
    Map<String, Object> all = new HashMap<>();
    // Who has read all waits for the fetch under way before it closes; the default is half a
    // second.
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    all.putAll(properties);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // What expired while it was read is skipped.
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A writer that loses nothing and doubles nothing. */
  public Producer<byte[], byte[]> writer() {
    Map<String, Object> all = new HashMap<>();
    // Tools send many small records: a short wait makes batches of them.
    all.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    // With more, a partition that has just come up may refuse a writer's first batch, take its
    // second,
    // and then refuse the first until that expires (KAFKA-15591).
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    all.putAll(properties);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * The answer of a client, waited for.
   *
   * @param what was asked, for messages
   * @throws IllegalStateException if it failed, or did not come within a minute
   */
  public static <T> T await(Future<T> answer, String what) {
    try {
      return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(what + " was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " failed: " + reason(e), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          what + " had no answer within " + ANSWER_SECONDS_MAX + " s", e);
    }
  }

  private static String reason(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
