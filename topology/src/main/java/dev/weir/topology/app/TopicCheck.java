package dev.weir.topology.app;

import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.log.LogLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, before anything is consumed, whether the gate's topics are there and fit. */
final class TopicCheck {
  /** What the headers of a dead letter may need beyond the record as received. */
  static final int DEAD_LETTER_HEADERS_BYTES_MAX = 16 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

  private TopicCheck() {}

  /**
   * Checks the topics.
   *
   * @throws IllegalStateException naming the topics that are missing, or why nobody can tell
   */
  static void check(GateConfig config, Map<String, Object> kafka) throws InterruptedException {
    TopicNames topics = config.topics();
    try (Admin admin = Admin.create(kafka)) {
      Map<String, AclOperation> missing = Rights.onTopics(topics);
      missing.keySet().removeAll(admin.listTopics().names().get());
      if (!missing.isEmpty()) {
        throw new IllegalStateException("topics are missing, or this user may not see them: "
            + missing.entrySet().stream()
                .map(topic -> topic.getKey() + " (needs " + topic.getValue() + ")")
                .collect(Collectors.joining(", "))
            + "; create them first (weir topics), or grant the rights (docs/running.md)");
      }
      Rights.require(topics, config.applicationId(), config.openRecordsTopic(), admin);
      warnOfSettings(topics, admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot look for the gate's topics: " + e.getCause(), e);
    }
  }

  /* Reading a topic's settings is a right of its own; the gate can do without. */
  private static void warnOfSettings(TopicNames topics, Admin admin) throws InterruptedException {
    try {
      warnOfSmallDeadLetters(topics, admin);
      for (String kept : List.of(topics.policies(), topics.controls())) {
        if (!setting(TopicConfig.CLEANUP_POLICY_CONFIG, kept, admin).equals("delete")) {
          LOG.warn(
              "{}",
              LogLine.event("topic_compacted")
                  .with("topic", kept)
                  .with("advice", "a bad record can drop a good one; see weir topics"));
        }
      }
    } catch (ExecutionException e) {
      LOG.warn(
          "{}",
          LogLine.event("topic_settings_unknown").with("reason", String.valueOf(e.getCause())));
    }
  }

  private static void warnOfSmallDeadLetters(TopicNames topics, Admin admin)
      throws InterruptedException, ExecutionException {
    long needed = bytesMax(topics.records(), admin) + DEAD_LETTER_HEADERS_BYTES_MAX;
    if (bytesMax(topics.deadLetters(), admin) < needed) {
      LOG.warn(
          "{}",
          LogLine.event("dead_letters_too_small")
              .with("topic", topics.deadLetters())
              .with(
                  "advice",
                  "a record at the limit of " + topics.records()
                      + " would not fit and stop the gate; set "
                      + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=" + needed + " there"));
    }
  }

  private static long bytesMax(String topic, Admin admin)
      throws InterruptedException, ExecutionException {
    return Long.parseLong(setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, topic, admin));
  }

  private static String setting(String name, String topic, Admin admin)
      throws InterruptedException, ExecutionException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = Objects.requireNonNull(
        admin.describeConfigs(List.of(resource)).all().get().get(resource));
    return config.get(name).value();
  }
}
