package dev.weir.operations.topic;

import dev.weir.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What one topic must be.
 *
 * @param partitions how many it is made with
 * @param isSingle whether it works with one partition only
 * @param settings Kafka's topic settings that it must have
 */
record TopicPlan(String name, int partitions, boolean isSingle, Map<String, String> settings) {
  private static final Map<String, String> DELETE =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  /* A dead letter has its record's bytes and our headers: the broker's default limit and 16 kB. */
  private static final Map<String, String> DEAD_LETTERS = Map.of(
      TopicConfig.CLEANUP_POLICY_CONFIG,
      TopicConfig.CLEANUP_POLICY_DELETE,
      TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
      "1064972");
  private static final Map<String, String> COMPACT =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  private static final Map<String, String> KEEP = Map.of(
      TopicConfig.CLEANUP_POLICY_CONFIG,
      TopicConfig.CLEANUP_POLICY_DELETE,
      TopicConfig.RETENTION_MS_CONFIG,
      "-1",
      TopicConfig.RETENTION_BYTES_CONFIG,
      "-1");

  static List<TopicPlan> of(TopicNames names, int partitions) {
    List<TopicPlan> plans = new ArrayList<>();
    Stream.of(
            names.records(),
            names.autoAccept(),
            names.priorityAudit(),
            names.holds(),
            names.shadow())
        .forEach(name -> plans.add(new TopicPlan(name, partitions, false, DELETE)));
    plans.add(new TopicPlan(names.deadLetters(), partitions, false, DEAD_LETTERS));
    plans.add(new TopicPlan(names.policies(), 1, true, COMPACT));
    plans.add(new TopicPlan(names.controls(), 1, true, COMPACT));
    plans.add(new TopicPlan(names.bundles(), 1, false, KEEP));
    plans.add(new TopicPlan(names.activations(), 1, false, COMPACT));
    plans.add(new TopicPlan(names.alerts(), 1, false, DELETE));
    return plans;
  }

  NewTopic toMake(int replicationFactor) {
    return new NewTopic(name, partitions, (short) replicationFactor).configs(settings);
  }

  /**
   * What an existing topic has that it must not have, as sentences.
   *
   * @param found its settings by name
   */
  List<String> differences(int partitionsFound, Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    if (isSingle && partitionsFound != 1) {
      differences.add(
          "%s has %d partitions and must have 1; make it anew, since Kafka takes none away"
              .formatted(name, partitionsFound));
    }
    new TreeMap<>(settings).forEach((setting, value) -> {
      if (!isMet(setting, value, found.get(setting))) {
        differences.add("%s has %s=%s and must have %s; alter it with kafka-configs"
            .formatted(name, setting, found.get(setting), value));
      }
    });
    return differences;
  }

  private static boolean isMet(String setting, String value, @Nullable String found) {
    return setting.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) && found != null
        ? Long.parseLong(found) >= Long.parseLong(value)
        : value.equals(found);
  }
}
