package dev.weir.app;

import dev.weir.gating.control.ControlKeys;
import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.app.GateConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which cluster and scope a command works on: the gate's own file, or an address. */
final class KafkaOptions {
  private static final Set<String> CLIENTS = clients();

  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "",
      description = "The scope that the gate governs (default: the file's, else passenger).")
  private String scope = "";

  /** One of both. */
  static final class Place {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "weir.yaml of the gate: its addresses, security, topics and scope.")
    private Path config = Path.of("");

    @Option(
        names = "--bootstrap",
        required = true,
        paramLabel = "HOST:PORT",
        description = "The cluster's addresses, where it needs no security.")
    private String bootstrap = "";
  }

  private static Set<String> clients() {
    Set<String> known = new HashSet<>(AdminClientConfig.configNames());
    known.addAll(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    // A group is the gate's; a tool has none, and must not be taken for a member.
    known.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
    known.remove(CommonClientConfigs.GROUP_ID_CONFIG);
    return known;
  }

  /** A cluster with the properties that all clients understand; Streams' own are left out. */
  static Cluster cluster(String bootstrapServers, Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.keySet().retainAll(CLIENTS);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new Cluster(properties);
  }

  GateConfig.Connection connection() {
    return connection(place.config, place.bootstrap, scope);
  }

  /**
   * What a gate's file says, or what an address alone does.
   *
   * @param bootstrap empty to read the file
   * @param scope empty for the file's, or passenger
   */
  static GateConfig.Connection connection(Path config, String bootstrap, String scope) {
    return read(config, bootstrap, scope, GateConfig::connection);
  }

  /** Whom the file's gate trusts; empty where there is no file. */
  Optional<ControlKeys> keys() {
    return place.bootstrap.isEmpty()
        ? Optional.of(read(place.config, "", scope, GateConfig::controlKeys))
        : Optional.empty();
  }

  private static <T> T read(
      Path config,
      String bootstrap,
      String scope,
      BiFunction<Map<String, String>, Map<String, String>, T> reading) {
    return bootstrap.isEmpty()
        ? ConfigFile.read(config, file -> read(reading, file, System.getenv(), scope))
        : read(
            reading, Map.of("bootstrapServers", bootstrap, "scope", "passenger"), Map.of(), scope);
  }

  private static <T> T read(
      BiFunction<Map<String, String>, Map<String, String>, T> reading,
      Map<String, String> file,
      Map<String, String> environment,
      String scope) {
    if (scope.isEmpty()) {
      return reading.apply(file, environment);
    }
    Map<String, String> settings = new HashMap<>(file);
    Map<String, String> others = new HashMap<>(environment);
    settings.put("scope", scope);
    others.remove("WEIR_SCOPE");
    return reading.apply(settings, others);
  }

  Cluster cluster() {
    return cluster(connection());
  }

  /** The cluster of a connection, which must be reached. */
  static Cluster cluster(GateConfig.Connection connection) {
    Cluster cluster = cluster(connection.bootstrapServers(), connection.kafka());
    Reachable.require(cluster, connection.bootstrapServers());
    return cluster;
  }

  TopicNames names() {
    return connection().topics();
  }
}
