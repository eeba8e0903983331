package dev.weir.operations.topic;

import dev.weir.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param settings Kafka's topic settings that it must have, beside those that go by its replicas
 */
record TopicPlan(String name, int partitions, boolean isSingle, Map<String, String> settings) {
  private static final Map<String, String> DELETE =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  private static final Map<String, String> COMPACT =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  /* Not compacted either: a bad record under a good one's key would drop it. */
  private static final Map<String, String> FOREVER =
      and(DELETE, kept(Retention.parse(Retention.FOREVER)));
  /* A release is chosen by the sender's timestamps. */
  private static final Map<String, String> RECORDS = and(
      DELETE,
      Map.of(
          TopicConfig.COMPRESSION_TYPE_CONFIG,
          "producer",
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          "CreateTime"));
  /* A dead letter has its record's bytes and our headers: the broker's default limit and 16 kB. */
  private static final Map<String, String> DEAD_LETTER =
      Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1064972");
  private static final int REPLICAS_TO_LOSE_ONE = 3;

  static List<TopicPlan> of(TopicNames names, int partitions, Retention retention) {
    Map<String, String> log = log(retention);
    List<TopicPlan> plans = new ArrayList<>();
    plans.add(new TopicPlan(names.records(), partitions, false, RECORDS));
    Stream.of(names.autoAccept(), names.priorityAudit(), names.holds(), names.shadow())
        .forEach(name -> plans.add(new TopicPlan(name, partitions, false, log)));
    plans.add(new TopicPlan(names.deadLetters(), partitions, false, and(log, DEAD_LETTER)));
    plans.add(new TopicPlan(names.policies(), 1, true, FOREVER));
    plans.add(new TopicPlan(names.controls(), 1, true, FOREVER));
    plans.add(new TopicPlan(names.bundles(), 1, false, FOREVER));
    plans.add(new TopicPlan(names.activations(), 1, false, COMPACT));
    plans.add(new TopicPlan(names.alerts(), 1, false, DELETE));
    return plans;
  }

  /* Compressed once, by the gate: a broker that did it again would pay for nothing. */
  private static Map<String, String> log(Retention retention) {
    return and(
        and(DELETE, kept(retention)), Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer"));
  }

  private static Map<String, String> kept(Retention retention) {
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG,
        retention.setting(),
        TopicConfig.RETENTION_BYTES_CONFIG,
        "-1");
  }

  private static Map<String, String> and(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }

  NewTopic toMake(int replicationFactor) {
    return new NewTopic(name, partitions, (short) replicationFactor)
        .configs(settings(replicationFactor));
  }

  /* With three replicas one may be lost and what is acknowledged is still in two places. */
  private Map<String, String> settings(int replicas) {
    String inSync = replicas >= REPLICAS_TO_LOSE_ONE ? "2" : "1";
    return and(settings, Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, inSync));
  }

  /**
   * What an existing topic has that it must not have, as sentences.
   *
   * @param replicasFound of the partition with the fewest
   * @param found its settings by name
   */
  List<String> differences(int partitionsFound, int replicasFound, Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    if (isSingle && partitionsFound != 1) {
      differences.add(String.format(
          Locale.ROOT,
          "%s has %d partitions and must have 1; make it anew, since Kafka takes none away",
          name,
          partitionsFound));
    }
    new TreeMap<>(settings(replicasFound)).forEach((setting, value) -> {
      if (!isMet(setting, value, found.get(setting))) {
        differences.add("%s has %s=%s and must have %s; alter it with kafka-configs"
            .formatted(name, setting, found.get(setting), wanted(setting, value)));
      }
    });
    String inSync = found.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1");
    if (Integer.parseInt(inSync) > replicasFound) {
      differences.add(String.format(
              Locale.ROOT,
              "%s has %s=%s and %d replicas, so that nothing can be written; alter it with",
              name,
              TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
              inSync,
              replicasFound)
          + " kafka-configs");
    }
    return differences;
  }

  private static boolean isMet(String setting, String value, @Nullable String found) {
    return isLeast(setting) && found != null ? amount(found) >= amount(value) : value.equals(found);
  }

  private static String wanted(String setting, String value) {
    return isLeast(setting) && amount(value) < Long.MAX_VALUE ? "at least " + value : value;
  }

  /** Whether more than what is planned does as well. */
  private static boolean isLeast(String setting) {
    return switch (setting) {
      case TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.RETENTION_BYTES_CONFIG -> true;
      default -> false;
    };
  }

  /* Kafka's -1 is without end. */
  private static long amount(String value) {
    long amount = Long.parseLong(value);
    return amount < 0 ? Long.MAX_VALUE : amount;
  }
}
