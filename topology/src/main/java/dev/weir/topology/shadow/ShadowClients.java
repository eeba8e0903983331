package dev.weir.topology.shadow;

import dev.weir.topology.app.GateConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of {@link ShadowApp}. */
final class ShadowClients {
  private ShadowClients() {}

  static Consumer<byte[], byte[]> reader(GateConfig config) {
    Map<String, Object> settings = known(config, ConsumerConfig.configNames());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.applicationId() + "-shadow");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Decisions of a transaction that was given up never happened.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A shadow compares from its first moment on, whenever this program was started.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static Producer<byte[], byte[]> writer(GateConfig config) {
    Map<String, Object> settings = known(config, ProducerConfig.configNames());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Map<String, Object> admin(GateConfig config) {
    return known(config, AdminClientConfig.configNames());
  }

  private static Map<String, Object> known(GateConfig config, Set<String> names) {
    Map<String, Object> settings = settings(config);
    settings.keySet().retainAll(names);
    return settings;
  }

  /** What was configured for every client: addresses, security. */
  static Map<String, Object> settings(GateConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return settings;
  }
}
