package dev.weir.testkit.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What one start of a single-node broker and controller is configured with.
 *
 * @param secured a second listener, with the port it has
 * @param session after how long without heartbeats the controller takes the broker for dead
 */
record BrokerSettings(
    Path data, int port, int controllerPort, Optional<SecuredPort> secured, Duration session) {
  /** A listener that asks who comes, and its port. */
  record SecuredPort(Secured secured, int port) {}

  BrokerSettings(Path data, int port, int controllerPort, Duration session) {
    this(data, port, controllerPort, Optional.empty(), session);
  }

  /** Kafka's own default: patient with a machine that stalls. */
  static final Duration PATIENT_SESSION = Duration.ofSeconds(9);

  /**
   * For a broker that is killed: a restart waits until the dead one's session has ended, 12 s with
   * Kafka's default and 3.5 s with this.
   */
  static final Duration SHORT_SESSION = Duration.ofMillis(1500);

  private static final int NODE = 1;
  private static final String CLIENT_LISTENER = "PLAINTEXT";
  private static final String CONTROLLER_LISTENER = "CONTROLLER";

  String bootstrapServers() {
    return Ports.HOST + ":" + port;
  }

  /** The address of the secured listener, which there must be. */
  String securedServers() {
    return Ports.HOST + ":" + secured.orElseThrow().port();
  }

  /** The settings in Kafka's names. */
  Properties properties() {
    Properties settings = new Properties();
    set(settings, "process.roles", "broker,controller");
    set(settings, "node.id", NODE);
    set(settings, "log.dirs", data);
    set(settings, "controller.listener.names", CONTROLLER_LISTENER);
    set(settings, "inter.broker.listener.name", CLIENT_LISTENER);
    set(
        settings,
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
    // Loopback only: there is no authentication.
    set(
        settings,
        "listeners",
        String.format(
            Locale.ROOT,
            "%s://%s,%s://%s:%d%s",
            CLIENT_LISTENER,
            bootstrapServers(),
            CONTROLLER_LISTENER,
            Ports.HOST,
            controllerPort,
            secured.isPresent() ? ",SASL_SSL://" + securedServers() : ""));
    secured.ifPresent(listener -> listener.secured().addTo(settings));
    // The static form: a voter set in the data directory would nail the controller to its first
    // port.
    set(settings, "controller.quorum.voters", NODE + "@" + Ports.HOST + ":" + controllerPort);
    setTimes(settings);
    setSingleNode(settings);
    // A misspelt topic is an error, not a new topic with default settings.
    set(settings, "auto.create.topics.enable", false);
    // The default of 128 MB is allocated at once; we compact a few megabytes.
    set(settings, "log.cleaner.dedupe.buffer.size", 2_097_152);
    return settings;
  }

  private void setTimes(Properties settings) {
    set(settings, "broker.session.timeout.ms", session.toMillis());
    // Five beats a session: one lost beat must not fence the broker.
    set(settings, "broker.heartbeat.interval.ms", session.toMillis() / 5);
    // The default is no limit: a broker that cannot come up would hang its test.
    set(settings, "server.max.startup.time.ms", EmbeddedBroker.START_LIMIT.toMillis());
    // The default of 3 s waits for further members before the first assignment; we know ours.
    set(settings, "group.initial.rebalance.delay.ms", 0);
  }

  private static void setSingleNode(Properties settings) {
    // The defaults ask for three replicas, two in sync; there is one broker.
    set(settings, "offsets.topic.replication.factor", 1);
    set(settings, "transaction.state.log.replication.factor", 1);
    set(settings, "transaction.state.log.min.isr", 1);
    set(settings, "share.coordinator.state.topic.replication.factor", 1);
    set(settings, "share.coordinator.state.topic.min.isr", 1);
    // The defaults of 50 partitions each are files to create and load at every start, for nothing.
    set(settings, "offsets.topic.num.partitions", 1);
    set(settings, "transaction.state.log.num.partitions", 1);
    set(settings, "share.coordinator.state.topic.num.partitions", 1);
  }

  private static void set(Properties settings, String name, Object value) {
    settings.setProperty(name, value.toString());
  }

  /** Writes the identity and the feature levels of a new cluster, unless the data has them. */
  void format() {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(CONTROLLER_LISTENER)
          // What a production cluster of this version runs, not the newest level in the jar.
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .run();
    } catch (Exception e) { // Formatter.run declares no less
      throw new IllegalStateException(
          "cannot format %s (%s); pass an empty, writable directory"
              .formatted(data, e.getMessage()),
          e);
    }
  }
}
