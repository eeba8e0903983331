package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.gating.control.ControlKeys;
import dev.weir.gating.decision.MaskingKey;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SecretFile;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.collect.CollectLimits;
import dev.weir.topology.setting.InvalidSettings;
import dev.weir.topology.setting.Mistake;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateConfigTest {
  static final Map<String, String> NEEDED = Map.of(
      "bootstrapServers", "host:9092",
      "scope", "passenger",
      "stateDir", "state",
      "bundlesDir", "bundles");

  static GateConfig with(String name, String value) {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.put(name, value);
    return GateConfig.of(settings);
  }

  @Test
  void of_needed_hasTheDefaults() {
    assertThat(GateConfig.of(NEEDED))
        .isEqualTo(new GateConfig(
            "host:9092",
            TopicNames.of("passenger"),
            "weir.passenger.gate",
            "weir.passenger.gate-0",
            Path.of("state"),
            Path.of("bundles"),
            ControlKeys.NONE,
            Secrets.DEMO,
            RegistryConfig.NONE,
            CollectLimits.DEFAULTS,
            GateConfig.Timing.DEFAULTS,
            GateConfig.Http.DEFAULTS,
            1,
            -1,
            Map.of()));
  }

  @Test
  void of_everything_isTaken() {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.putAll(Map.of(
        "topicPrefix", "w",
        "applicationId", "gate",
        "instance", "gate-7",
        "batch.recordsMax", "11",
        "batch.bytesMax", "12",
        "batch.idleMsMax", "13",
        "batch.ageMsMax", "14",
        "batch.openMax", "15",
        "batch.expiriesPerTickMax", "16",
        "batch.tickMs", "17"));
    settings.putAll(
        Map.of("http.host", "0.0.0.0", "http.port", "8080", "http.viewerToken", "token"));
    settings.putAll(Map.of("batch.openBytesMax", "18", "batch.dedupeRecordsMax", "19"));
    settings.putAll(Map.of(
        "commitMs", "18",
        "lingerMs", "9",
        "bookStaleMsMax", "20000",
        "closeMsMax", "21000",
        "streamThreads", "2",
        "replicationFactor", "3",
        "kafka.security.protocol", "SSL"));
    settings.putAll(Map.of(
        "registry.url", "http://host:8081",
        "registry.userInfo", "ann:secret",
        "registry.timeoutMsMax", "500",
        "registry.patienceMsMax", "3000",
        "registry.decisions", "true",
        "registry.property.some.thing", "x"));

    assertThat(GateConfig.of(settings))
        .isEqualTo(new GateConfig(
            "host:9092",
            new TopicNames("w", "passenger"),
            "gate",
            "gate-7",
            Path.of("state"),
            Path.of("bundles"),
            ControlKeys.NONE,
            Secrets.DEMO,
            new RegistryConfig(
                "dev.weir.schemas.registry.RegistryDeserializer",
                Map.of(
                    "schema.registry.url", "http://host:8081",
                    "basic.auth.user.info", "ann:secret",
                    "basic.auth.credentials.source", "USER_INFO",
                    "http.read.timeout.ms", "500",
                    "http.connect.timeout.ms", "500",
                    "patience.ms", "3000",
                    "max.retries", "1",
                    "some.thing", "x"),
                true),
            new CollectLimits(
                11,
                12,
                new CollectLimits.Times(13, 14, 600_000, 17),
                new CollectLimits.Open(15, 18, 16),
                19),
            new GateConfig.Timing(18, 9, 20_000, 21_000),
            new GateConfig.Http("0.0.0.0", OptionalInt.of(8080), Optional.of(Path.of("token"))),
            2,
            3,
            Map.of("security.protocol", "SSL")));
  }

  @Test
  void of_keys_areReadFromTheirFiles(@TempDir Path directory) {
    List<SigningKey> keys = List.of(key(), key(), key());
    List<String> files = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Path name = directory.resolve("key" + i);
      KeyFile.write(name, keys.get(i));
      files.add(KeyFile.beside(name, ".pub").toString());
    }
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.put("keys.operators", files.get(0) + ", " + files.get(1));
    settings.put("keys.signaturesMin", "2");
    settings.put("keys.monitors", files.get(2));

    assertThat(GateConfig.of(settings).keys())
        .isEqualTo(new ControlKeys(
            new TrustedKeys(List.of(keys.get(0).publicKey(), keys.get(1).publicKey()), 2),
            List.of(keys.get(2).publicKey())));
    settings.remove("keys.signaturesMin");
    assertThat(GateConfig.of(settings).keys().operators().signaturesMin()).isEqualTo(1);
  }

  private static SigningKey key() {
    try {
      return SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "batch.recordsMax, 0, batch.recordsMax 0",
    "batch.recordsMax, 10001, batch.recordsMax 10001",
    "commitMs, 0, commitMs 0",
    "lingerMs, 101, lingerMs 101",
    "streamThreads, 65, streamThreads 65",
    "streamThreads, two, must be a whole number",
    "replicationFactor, -2, replicationFactor -2",
    "bootstrapServers, '', bootstrapServers is empty",
    "commitMS, 5, unknown setting 'commitMS'; did you mean 'commitMs'?",
    "recordsMax, 5, unknown setting 'recordsMax'; did you mean 'batch.recordsMax'?",
    "colour, red, unknown setting 'colour'; docs/running.md lists what there is",
    "kafka.processing.guarantee, at_least_once, is set by Weir itself",
    "kafka.linger.ms, 50, is set by Weir itself",
    "kafka.production.exception.handler, X, is set by Weir itself",
    "kafka.default.production.exception.handler, X, is set by Weir itself",
    "kafka.deserialization.exception.handler, X, is set by Weir itself",
    "kafka.default.deserialization.exception.handler, X, is set by Weir itself",
    "keys.operators, nobody.pub, no key file nobody.pub",
    "keys.signaturesMin, 1, signaturesMin 1 is outside",
  })
  void of_wrong_isRefused(String name, String value, String message) {
    assertThatThrownBy(() -> with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void of_manyMistakes_tellsThemAll() {
    Map<String, String> settings = new HashMap<>(Map.of(
        "scope", "no/topic",
        "stateDir", " ",
        "bundlesDir", "bundles",
        "commitMs", "0",
        "closeMsMax", "soon",
        "batch.recordsMax", "0",
        "batch.bytesMax", "0",
        "batch.openMax", "0",
        "keys.operators", "one.pub, two.pub",
        "keys.sample.reviews", "nowhere.secret"));
    settings.putAll(Map.of(
        "http.host", "0.0.0.0",
        "registry.timeoutMsMax", "0",
        "streamThreads", "99",
        "kafka.linger.ms", "1",
        "kafka.acks", "1",
        "batch.recordMax", "7"));

    assertThat(mistakes(settings, Map.of("WEIR_BATCH_TICK_MS", "0", "WEIR_SCOPPE", "x")))
        .containsOnlyKeys(
            "bootstrapServers",
            "scope",
            "stateDir",
            "commitMs",
            "closeMsMax",
            "batch.recordsMax",
            "batch.bytesMax",
            "batch.openMax",
            "WEIR_BATCH_TICK_MS",
            "keys.operators",
            "keys.sample.reviews",
            "http.host",
            "registry.timeoutMsMax",
            "registry.url",
            "streamThreads",
            "kafka.linger.ms",
            "batch.recordMax",
            "WEIR_SCOPPE")
        .hasEntrySatisfying(
            "keys.operators", message -> assertThat(message).contains("one.pub", "two.pub"))
        .hasEntrySatisfying(
            "WEIR_BATCH_TICK_MS",
            message -> assertThat(message)
                .startsWith("batch.tickMs 0 is outside [1, 60000]; given by the environment"))
        .hasEntrySatisfying(
            "WEIR_SCOPPE", message -> assertThat(message).endsWith("did you mean 'WEIR_SCOPE'?"));
  }

  private static Map<String, String> mistakes(
      Map<String, String> settings, Map<String, String> environment) {
    return catchThrowableOfType(InvalidSettings.class, () -> GateConfig.of(settings, environment))
        .mistakes()
        .stream()
        .collect(Collectors.toMap(Mistake::setting, Mistake::message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootstrapServers", "scope", "stateDir", "bundlesDir"})
  void of_missing_isNamed(String name) {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.remove(name);

    assertThatThrownBy(() -> GateConfig.of(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void openRecordsTopic_applicationId_isTheChangelog() {
    assertThat(with("applicationId", "gate").openRecordsTopic())
        .isEqualTo("gate-open-records-changelog");
  }

  @Test
  void of_secrets_areReadFromTheirFiles(@TempDir Path directory) {
    Path sample = directory.resolve("reviews.secret");
    Path masking = directory.resolve("masking.secret");
    SecretFile.write(sample, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    SecretFile.write(masking, new byte[32]);
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.put("keys.sample.reviews", sample.toString());
    settings.put("keys.masking", masking.toString());

    Secrets secrets = GateConfig.of(settings).secrets();

    assertThat(secrets.samples().find("reviews"))
        .hasValueSatisfying(key -> assertThat(key).hasSize(16));
    assertThat(secrets.samples().find("demo")).isPresent();
    assertThat(secrets.samples().find("other")).isEmpty();
    assertThat(secrets.masking().orElseThrow().hash("a"))
        .isEqualTo(new MaskingKey(new byte[32]).hash("a"));
  }

  @Test
  void of_secretThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> with("keys.masking", "nowhere.secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key file nowhere.secret");
  }

  @Test
  void of_environment_overridesTheFile() {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.remove("scope");
    settings.put("batch.recordsMax", "11");
    settings.put("kafka.security.protocol", "SSL");

    GateConfig config = GateConfig.of(
        settings,
        Map.of(
            "WEIR_SCOPE", "listing",
            "WEIR_BATCH_RECORDS_MAX", "12",
            "WEIR_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "WEIR_KAFKA_SASL_JAAS_CONFIG", "secret",
            "WEIR_REGISTRY_URL", "http://host:1",
            "WEIR_REGISTRY_PROPERTY_AUTO_REGISTER", "false",
            "PATH", "/bin"));

    assertThat(config.topics()).isEqualTo(TopicNames.of("listing"));
    assertThat(config.limits().recordsMax()).isEqualTo(12);
    assertThat(config.kafka())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret"));
    assertThat(config.registry().properties())
        .containsEntry("schema.registry.url", "http://host:1")
        .containsEntry("auto.register", "false");
  }

  @Test
  void of_environmentOfNoSetting_isRefused() {
    assertThatThrownBy(() -> GateConfig.of(NEEDED, Map.of("WEIR_BATCH_RECORDSMAX", "12")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WEIR_BATCH_RECORDSMAX");
  }

  @Test
  void of_hostThatOthersReach_needsAToken() {
    assertThatThrownBy(() -> with("http.host", "0.0.0.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http.viewerToken");
  }

  @Test
  void connection_gatesFile_passesOverWhatToolsDoNotNeed() {
    GateConfig.Connection connection = GateConfig.connection(
        Map.of(
            "bootstrapServers", "host:9092",
            "scope", "passenger",
            "topicPrefix", "w",
            "keys.operators", "nowhere.pub",
            "kafka.security.protocol", "SSL"),
        Map.of());

    assertThat(connection)
        .isEqualTo(new GateConfig.Connection(
            "host:9092",
            new TopicNames("w", "passenger"),
            "w.passenger.gate",
            Map.of("security.protocol", "SSL")));
  }
}
