package dev.weir.operations.topic;

import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one scope: makes those that are missing and checks those that are there. */
public final class Topics {
  private static final Duration LEADER_LIMIT = Duration.ofSeconds(60);
  private static final Duration LEADER_POLL = Duration.ofMillis(50);

  private final Cluster cluster;
  private final TopicNames names;
  private final Retention retention;

  /** Topics whose decision log is kept for as long as {@link Retention#DEFAULT} says. */
  public Topics(Cluster cluster, TopicNames names) {
    this(cluster, names, Retention.DEFAULT);
  }

  /** @param retention of the decision log: what new topics get, and the others must have at least */
  public Topics(Cluster cluster, TopicNames names, Retention retention) {
    this.cluster = cluster;
    this.names = names;
    this.retention = retention;
  }

  /**
   * What became of the topics.
   *
   * @param made the names of the new ones
   * @param differences what is wrong with the ones that were there, as sentences; empty if nothing
   */
  public record Result(List<String> made, List<String> differences) {
    public Result {
      made = List.copyOf(made);
      differences = List.copyOf(differences);
    }
  }

  /**
   * Makes what is missing, and checks what was there without changing it. Returns when the new
   * topics have their leaders.
   *
   * @throws IllegalStateException if the cluster refuses
   */
  public Result make(TopicSizes sizes) {
    List<TopicPlan> plans = TopicPlan.of(names, sizes.partitions(), retention);
    try (Admin admin = cluster.admin()) {
      Set<String> existing = existing(admin);
      List<TopicPlan> missing =
          plans.stream().filter(plan -> !existing.contains(plan.name())).toList();
      make(admin, missing, sizes.replicationFactor());
      awaitLeaders(admin, missing.stream().map(TopicPlan::name).toList());
      List<TopicPlan> present =
          plans.stream().filter(plan -> existing.contains(plan.name())).toList();
      return new Result(
          missing.stream().map(TopicPlan::name).toList(), differences(admin, present));
    }
  }

  /**
   * What is wrong with the topics, missing ones included, as sentences; empty if nothing.
   *
   * @throws IllegalStateException if the cluster does not answer
   */
  public List<String> check() {
    List<TopicPlan> plans = TopicPlan.of(names, 1, retention);
    try (Admin admin = cluster.admin()) {
      Set<String> existing = existing(admin);
      List<String> differences = new ArrayList<>();
      plans.stream()
          .filter(plan -> !existing.contains(plan.name()))
          .forEach(plan -> differences.add(plan.name() + " does not exist"));
      differences.addAll(differences(
          admin, plans.stream().filter(plan -> existing.contains(plan.name())).toList()));
      return differences;
    }
  }

  private static Set<String> existing(Admin admin) {
    return Cluster.await(admin.listTopics().names(), "listing topics");
  }

  private static void make(Admin admin, List<TopicPlan> plans, int replicationFactor) {
    Map<String, KafkaFuture<Void>> made = admin
        .createTopics(plans.stream().map(plan -> plan.toMake(replicationFactor)).toList())
        .values();
    made.forEach((name, answer) -> {
      try {
        Cluster.await(answer, "making topic " + name);
      } catch (IllegalStateException e) {
        if (isCausedBy(e, InvalidReplicationFactorException.class)) {
          throw new IllegalStateException(
              "cannot keep " + replicationFactor + " copies of topic " + name
                  + ": the cluster has fewer brokers; give --replication 1 on a single broker",
              e);
        }
        // Somebody else was faster: then it is there, which is all we want.
        if (!isCausedBy(e, TopicExistsException.class)) {
          throw e;
        }
      }
    });
  }

  private static void awaitLeaders(Admin admin, List<String> topics) {
    long start = System.nanoTime();
    while (!haveLeaders(admin, topics)) {
      if (System.nanoTime() - start > LEADER_LIMIT.toNanos() || Thread.interrupted()) {
        throw new IllegalStateException("the new topics " + topics + " have no leaders after "
            + LEADER_LIMIT.toSeconds() + " s; see the brokers' logs");
      }
      LockSupport.parkNanos(LEADER_POLL.toNanos());
    }
  }

  private static boolean haveLeaders(Admin admin, List<String> topics) {
    try {
      return Cluster.await(admin.describeTopics(topics).allTopicNames(), "describing new topics")
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null);
    } catch (IllegalStateException e) {
      if (isCausedBy(e, UnknownTopicOrPartitionException.class)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isCausedBy(IllegalStateException failed, Class<?> type) {
    return failed.getCause() instanceof ExecutionException failure
        && type.isInstance(failure.getCause());
  }

  private static List<String> differences(Admin admin, List<TopicPlan> plans) {
    List<String> topics = plans.stream().map(TopicPlan::name).toList();
    Map<String, TopicDescription> descriptions =
        Cluster.await(admin.describeTopics(topics).allTopicNames(), "describing topics");
    Map<ConfigResource, Config> configs = Cluster.await(
        admin.describeConfigs(topics.stream().map(Topics::resource).toList()).all(),
        "describing the settings of topics");
    List<String> differences = new ArrayList<>();
    for (TopicPlan plan : plans) {
      TopicDescription description = descriptions.get(plan.name());
      Config config = configs.get(resource(plan.name()));
      if (description == null || config == null) {
        differences.add(plan.name() + " vanished while it was checked");
      } else {
        differences.addAll(plan.differences(
            description.partitions().size(), replicas(description), settings(config)));
      }
    }
    return differences;
  }

  private static int replicas(TopicDescription description) {
    return description.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Map<String, String> settings(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(
            ConfigEntry::name, ConfigEntry::value, (first, second) -> first, HashMap::new));
  }
}
