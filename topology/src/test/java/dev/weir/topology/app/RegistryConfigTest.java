package dev.weir.topology.app;

import static dev.weir.topology.app.GateConfigTest.NEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryConfigTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      registry.url          | host:8081     | is no address of a registry
      registry.userInfo     | ann:secret    | setting 'registry.url' is missing
      registry.uri          | http://host:1 | unknown setting 'registry.uri'; did you mean 'registry.url'?
      registry.patienceMsMax | 600001       | registry.patienceMsMax 600001 is outside [100, 600000]
      registry.schemasMax   | few           | registry.schemasMax must be a whole number, found 'few'
      registry.deserializer | no.such.Class | registry.deserializer no.such.Class is no Kafka deserializer
      """)
  void of_registryThatCannotBe_saysWhy(String name, String value, String message) {
    Map<String, String> settings = new HashMap<>(NEEDED);
    if (name.equals("registry.deserializer")) {
      settings.put("registry.url", "http://host:8081");
    }
    settings.put(name, value);

    assertThatThrownBy(() -> GateConfig.of(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      5000 | commitMs                                 | 100   | transaction.timeout.ms 10000
      4999 | commitMs                                 | 100   |
      5000 | commitMs                                 | 1001  |
      4000 | kafka.producer.transaction.timeout.ms    | 8000  | transaction.timeout.ms 8000
      4000 | kafka.main.consumer.max.poll.interval.ms | 8000  | max.poll.interval.ms 8000
      4000 | kafka.max.poll.interval.ms               | 8001  |
      """)
  void of_registryThatOutlastsATransactionOrAPoll_isRefused(
      String patienceMs, String name, String value, @Nullable String message) {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.putAll(Map.of(
        "registry.url", "http://host:8081", "registry.patienceMsMax", patienceMs, name, value));

    if (message == null) {
      assertThat(GateConfig.of(settings).registry().properties())
          .containsEntry("patience.ms", patienceMs);
    } else {
      assertThatThrownBy(() -> GateConfig.of(settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void toString_registryWithCredentials_tellsNoSecret() {
    Map<String, String> settings = new HashMap<>(NEEDED);
    settings.put("registry.url", "http://host:8081");
    settings.put("registry.token", "hush");

    assertThat(GateConfig.of(settings).registry().toString())
        .contains("http://host:8081")
        .doesNotContain("hush");
  }
}
