package dev.weir.operations.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class TopicsTest {
  private static final TopicSizes SIZES = new TopicSizes(3, 1);

  private final Cluster cluster;

  TopicsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private String setting(String topic, String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = cluster.admin()) {
      return Cluster.await(admin.describeConfigs(List.of(resource)).all(), "describing")
          .get(resource)
          .get(name)
          .value();
    }
  }

  private int partitions(String topic) {
    try (Admin admin = cluster.admin()) {
      return Cluster.await(admin.describeTopics(List.of(topic)).allTopicNames(), "describing")
          .get(topic)
          .partitions()
          .size();
    }
  }

  /* The controller has made it before the broker knows of it. */
  private void make(String topic, int partitions, Map<String, String> settings) {
    try (Admin admin = cluster.admin()) {
      NewTopic made = new NewTopic(topic, partitions, (short) 1).configs(settings);
      Cluster.await(admin.createTopics(List.of(made)).all(), "making " + topic);
      while (!Cluster.await(admin.listTopics().names(), "listing").contains(topic)) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void make_nothingThere_makesAllWithTheirSettings() {
    TopicNames names = new TopicNames("fresh", "p");
    Topics topics = new Topics(cluster, names);

    Topics.Result result = topics.make(SIZES);

    assertThat(result.made()).hasSize(11).contains(names.records(), names.alerts());
    assertThat(result.differences()).isEmpty();
    assertThat(partitions(names.records())).isEqualTo(3);
    assertThat(partitions(names.autoAccept())).isEqualTo(3);
    assertThat(partitions(names.policies())).isEqualTo(1);
    assertThat(partitions(names.controls())).isEqualTo(1);
    for (String kept : List.of(names.policies(), names.controls(), names.bundles())) {
      assertThat(setting(kept, "cleanup.policy")).as(kept).isEqualTo("delete");
      assertThat(setting(kept, "retention.ms")).as(kept).isEqualTo("-1");
      assertThat(setting(kept, "retention.bytes")).as(kept).isEqualTo("-1");
    }
    assertThat(setting(names.activations(), "cleanup.policy")).isEqualTo("compact");
    assertThat(setting(names.records(), "cleanup.policy")).isEqualTo("delete");
    assertThat(setting(names.records(), "message.timestamp.type")).isEqualTo("CreateTime");
    assertThat(setting(names.records(), "min.insync.replicas")).isEqualTo("1");
    assertThat(topics.check()).isEmpty();
    assertThat(topics.make(SIZES)).isEqualTo(new Topics.Result(List.of(), List.of()));
  }

  @Test
  void make_nothingSaid_keepsTheDecisionLogFor400Days() {
    TopicNames names = new TopicNames("kept", "p");

    new Topics(cluster, names).make(SIZES);

    for (String topic : log(names)) {
      assertThat(setting(topic, "retention.ms")).as(topic).isEqualTo("34560000000");
      assertThat(setting(topic, "retention.bytes")).as(topic).isEqualTo("-1");
      assertThat(setting(topic, "compression.type")).as(topic).isEqualTo("producer");
    }
    Topics longer = new Topics(cluster, names, Retention.parse("401"));
    assertThat(longer.check())
        .hasSize(5)
        .contains("kept.p.holds has retention.ms=34560000000 and must have at least 34646400000;"
            + " alter it with kafka-configs");
    assertThat(new Topics(cluster, names, Retention.parse("30")).check()).isEmpty();
  }

  @Test
  void make_forever_meetsEveryRetention() {
    TopicNames names = new TopicNames("forever", "p");
    Topics topics = new Topics(cluster, names, Retention.parse("forever"));

    topics.make(SIZES);

    assertThat(setting(names.autoAccept(), "retention.ms")).isEqualTo("-1");
    assertThat(topics.check()).isEmpty();
    assertThat(new Topics(cluster, names).check()).isEmpty();
  }

  @Test
  void check_topicsThatKafkaMadeItself_namesWhatWouldLoseTheLog() {
    TopicNames names = new TopicNames("bare", "p");
    make(names.autoAccept(), 1, Map.of("compression.type", "zstd"));
    make(
        names.records(),
        1,
        Map.of("message.timestamp.type", "LogAppendTime", "min.insync.replicas", "2"));

    assertThat(new Topics(cluster, names).check())
        .contains(
            "bare.p.auto-accept has retention.ms=604800000 and must have at least 34560000000;"
                + " alter it with kafka-configs",
            "bare.p.auto-accept has compression.type=zstd and must have producer; alter it with"
                + " kafka-configs",
            "bare.p.records has message.timestamp.type=LogAppendTime and must have CreateTime;"
                + " alter it with kafka-configs",
            "bare.p.records has min.insync.replicas=2 and 1 replicas, so that nothing can be"
                + " written; alter it with kafka-configs");
  }

  @Test
  void plans_fromThreeReplicasOn_needTwoInSync() {
    TopicPlan plan =
        TopicPlan.of(new TopicNames("r", "p"), 1, Retention.DEFAULT).get(0);
    Map<String, String> made = plan.toMake(3).configs();

    assertThat(made).containsEntry("min.insync.replicas", "2");
    assertThat(plan.toMake(2).configs()).containsEntry("min.insync.replicas", "1");
    assertThat(plan.differences(1, 3, made)).isEmpty();
    assertThat(plan.differences(1, 3, plan.toMake(1).configs()))
        .containsExactly("r.p.records has min.insync.replicas=1 and must have at least 2;"
            + " alter it with kafka-configs");
  }

  @Test
  void retention_outsideItsBounds_isRefused() {
    for (String wrong : List.of("0", "-1", "36501", "", "a year")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> Retention.parse(wrong))
          .withMessageContaining("[1, 36500]");
    }
    assertThat(Retention.parse("400")).isEqualTo(Retention.DEFAULT);
  }

  private static List<String> log(TopicNames names) {
    return List.of(
        names.autoAccept(),
        names.priorityAudit(),
        names.holds(),
        names.deadLetters(),
        names.shadow());
  }

  @Test
  void make_wrongOnesThere_leavesThemAndNamesTheDifferences() {
    TopicNames names = new TopicNames("wrong", "p");
    make(names.policies(), 2, Map.of("cleanup.policy", "compact", "retention.ms", "-1"));
    make(names.bundles(), 1, Map.of("retention.ms", "1000"));

    Topics.Result result = new Topics(cluster, names).make(SIZES);

    assertThat(result.made()).hasSize(9);
    assertThat(result.differences())
        .containsExactly(
            "wrong.policies has 2 partitions and must have 1; make it anew, since Kafka takes none"
                + " away",
            "wrong.policies has cleanup.policy=compact and must have delete; alter it with"
                + " kafka-configs",
            "wrong.bundles has retention.ms=1000 and must have -1; alter it with kafka-configs");
    assertThat(setting(names.policies(), "cleanup.policy")).isEqualTo("compact");
  }

  @Test
  void check_nothingThere_namesEveryTopic() {
    assertThat(new Topics(cluster, new TopicNames("absent", "p")).check())
        .hasSize(11)
        .contains("absent.policies does not exist");
  }

  @Test
  void make_moreReplicasThanBrokers_saysWhich() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new Topics(cluster, new TopicNames("many", "p")).make(new TopicSizes(1, 3)))
        .withMessageContainingAll("3 copies of topic many.", "--replication 1");
  }

  @Test
  void sizes_outsideTheirBounds_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicSizes(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicSizes(10_001, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicSizes(1, 0));
    assertThat(new TopicSizes(10_000, 1).partitions()).isEqualTo(10_000);
  }
}
