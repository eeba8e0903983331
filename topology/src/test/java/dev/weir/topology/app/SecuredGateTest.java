package dev.weir.topology.app;

import static dev.weir.topology.app.GateCluster.TOPICS;
import static dev.weir.topology.app.GateCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.schemas.wire.Headers;
import dev.weir.testkit.broker.Secured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gate as a user over SASL_SSL, with the rights that docs/running.md lists and no others. */
@Timeout(180)
class SecuredGateTest {
  private static final Path DOCS = Path.of("../docs/running.md");
  private static final Pattern ROW = Pattern.compile(
      "\\| (topic|group|topics that begin with|transactional ids that begin with) \\| (.+) \\| ([A-Z, ]+) \\|");
  private static final int SPENDER = 3;

  @TempDir
  Path directory;

  private static List<AclBinding> rights() throws IOException {
    List<AclBinding> rights = new ArrayList<>();
    for (String line : Files.readAllLines(DOCS)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        for (String name : row.group(2).split(", ")) {
          for (String operation : row.group(3).split(", ")) {
            rights.add(right(row.group(1), name, AclOperation.fromString(operation)));
          }
        }
      }
    }
    return rights;
  }

  private static AclBinding right(String on, String quoted, AclOperation operation) {
    String name = quoted
        .replace("`", "")
        .replace(".D.", ".passenger.")
        .replace("APPLICATION", "weir.passenger.gate");
    ResourceType type = on.startsWith("topic")
        ? ResourceType.TOPIC
        : on.equals("group") ? ResourceType.GROUP : ResourceType.TRANSACTIONAL_ID;
    PatternType pattern = on.endsWith("begin with") ? PatternType.PREFIXED : PatternType.LITERAL;
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:gate", "*", operation, AclPermissionType.ALLOW));
  }

  private static Map<String, String> as(GateCluster cluster, Secured secured) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrapServers", cluster.broker.securedServers());
    secured.client("gate").forEach((name, value) -> settings.put("kafka." + name, value));
    return settings;
  }

  @Test
  void run_rightsOfTheDocs_areEnoughAndEachIsNeeded() throws Exception {
    Secured secured = Secured.make(directory, Map.of("gate", "gates-password"));
    try (GateCluster cluster = new GateCluster(directory, secured);
        Admin admin = Admin.create(cluster.clients())) {
      List<AclBinding> rights = rights();
      admin.createAcls(rights).all().get();
      cluster.release("passenger/hotfix", 1, 0);
      Stream.of(
              "WRITE weir.passenger.dead-letters",
              "READ weir.policies",
              "WRITE weir.activations",
              "READ weir.passenger.gate",
              "WRITE weir.passenger.gate",
              "CREATE weir.passenger.gate-")
          .forEach(right -> refusedWithout(right, rights, cluster, secured, admin));

      refusedByAWrongPassword(as(cluster, secured), cluster);

      try (GateApp gate = cluster.started(as(cluster, secured))) {
        cluster.passenger("", SPENDER, Map.of());
        cluster.raw("", GateCluster.bytes("poison"), 1, Map.of());
        cluster.passenger("two", SPENDER, Map.of(Headers.BATCH_SIZE, "2"));
        cluster.passenger("two", SPENDER + 4, Map.of(Headers.BATCH_SIZE, "2"));

        assertThat(cluster.decisions(3)).hasSize(3);
        assertThat(cluster.read(TOPICS.deadLetters(), 1)).hasSize(1);
        assertThat(cluster.reports(1)).hasSize(1);
        assertThat(gate.failure()).isEmpty();
      }
    }
  }

  private static void refusedByAWrongPassword(Map<String, String> settings, GateCluster cluster) {
    settings.compute(
        "kafka.sasl.jaas.config", (name, value) -> value.replace("gates-password", "a-guess"));
    try (GateApp gate = cluster.app(settings)) {
      assertThatThrownBy(gate::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Kafka refuses this client")
          .hasMessageContaining("SaslAuthenticationException");
    }
  }

  private static void refusedWithout(
      String right, List<AclBinding> rights, GateCluster cluster, Secured secured, Admin admin) {
    String operation = right.split(" ")[0];
    String name = right.split(" ")[1];
    AclBinding without = rights.stream()
        .filter(acl -> acl.entry().operation().name().equals(operation)
            && acl.pattern().name().equals(name))
        .findFirst()
        .orElseThrow();
    change(() -> admin.deleteAcls(List.of(without.toFilter())).all().get());
    await("without " + right, () -> !has(admin, without));
    try (GateApp gate = cluster.app(as(cluster, secured))) {
      assertThatThrownBy(gate::start)
          .as(right)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(operation)
          .hasMessageContaining(name);
    }
    change(() -> admin.createAcls(List.of(without)).all().get());
    await("with " + right, () -> has(admin, without));
  }

  private static boolean has(Admin admin, AclBinding acl) {
    boolean[] found = new boolean[1];
    change(() -> found[0] = !admin.describeAcls(acl.toFilter()).values().get().isEmpty());
    return found[0];
  }

  /** Something that Kafka does, and may refuse. */
  private interface Change {
    void make() throws Exception;
  }

  private static void change(Change change) {
    try {
      change.make();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
