package dev.weir.topology.app;

import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.route.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What Kafka must permit the gate's user, asked before anything is consumed: a right that is missing
 * would else show itself when the first record of its kind comes, perhaps at night.
 */
final class Rights {
  private final TopicNames topics;
  private final String applicationId;
  private final List<String> missing = new ArrayList<>();

  private Rights(TopicNames topics, String applicationId) {
    this.topics = topics;
    this.applicationId = applicationId;
  }

  /**
   * Asks for them.
   *
   * @param changelog a topic that Streams makes for the gate
   * @throws IllegalStateException naming every right that is missing
   */
  static void require(TopicNames topics, String applicationId, String changelog, Admin admin)
      throws InterruptedException, ExecutionException {
    Rights rights = new Rights(topics, applicationId);
    rights.lookAtTopics(admin);
    rights.lookAtGroup(admin);
    rights.lookAtTransactions(admin);
    rights.lookAtChangelog(changelog, admin);
    if (!rights.missing.isEmpty()) {
      throw new IllegalStateException("Kafka does not permit the gate's user: "
          + String.join("; ", rights.missing) + ". Grant it, see docs/running.md, Rights");
    }
  }

  /** What the gate does with each topic; may be changed. */
  static Map<String, AclOperation> onTopics(TopicNames topics) {
    Map<String, AclOperation> needed = new TreeMap<>();
    for (Destination to : Destination.values()) {
      needed.put(to.topic(topics), AclOperation.WRITE);
    }
    needed.put(topics.activations(), AclOperation.WRITE);
    needed.put(topics.records(), AclOperation.READ);
    needed.put(topics.policies(), AclOperation.READ);
    needed.put(topics.controls(), AclOperation.READ);
    needed.put(topics.bundles(), AclOperation.READ);
    return needed;
  }

  private void lookAtTopics(Admin admin) throws InterruptedException, ExecutionException {
    Map<String, AclOperation> needed = onTopics(topics);
    Map<String, TopicDescription> found = admin
        .describeTopics(
            needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
        .allTopicNames()
        .get();
    needed.forEach((topic, operation) -> {
      TopicDescription description = found.get(topic);
      Optional<Set<AclOperation>> permitted =
          Optional.ofNullable(description).map(TopicDescription::authorizedOperations);
      if (permitted.isPresent() && !permitted.get().contains(operation)) {
        missing.add(operation + " on topic " + topic);
      }
    });
  }

  private void lookAtGroup(Admin admin) throws InterruptedException, ExecutionException {
    String right = AclOperation.READ + " on group " + applicationId;
    try {
      ConsumerGroupDescription group = Objects.requireNonNull(admin
              .describeConsumerGroups(
                  List.of(applicationId),
                  new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
              .describedGroups()
              .get(applicationId))
          .get();
      Set<AclOperation> permitted = group.authorizedOperations();
      if (permitted != null && !permitted.contains(AclOperation.READ)) {
        missing.add(right);
      }
    } catch (ExecutionException e) {
      denied(e, right);
    }
  }

  private void lookAtTransactions(Admin admin) throws InterruptedException, ExecutionException {
    try {
      admin.describeTransactions(List.of(applicationId + "-0")).all().get();
    } catch (ExecutionException e) {
      denied(e, AclOperation.WRITE + " on transactional ids that begin with " + applicationId);
    }
  }

  private void lookAtChangelog(String changelog, Admin admin)
      throws InterruptedException, ExecutionException {
    try {
      admin
          .createTopics(
              List.of(new NewTopic(changelog, Optional.of(1), Optional.empty())),
              new CreateTopicsOptions().validateOnly(true))
          .all()
          .get();
    } catch (ExecutionException e) {
      denied(e, "CREATE, READ and WRITE on topics that begin with " + applicationId + "-");
    }
  }

  /* That a group, a transaction or a changelog is not there yet is no matter here, nor is it if it is. */
  private void denied(ExecutionException e, String right) {
    if (e.getCause() instanceof AuthorizationException) {
      missing.add(right);
    }
  }
}
