package dev.weir.topology.app;

import static dev.weir.topology.app.GateConfigTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {
  @Test
  void streams_defaults_areExactlyOnceAndExplicit() {
    StreamsConfig settings =
        new StreamsConfig(KafkaSettings.streams(with("kafka.session.timeout.ms", "20000")));

    assertThat(settings.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
    assertThat(settings.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
    assertThat(settings.getBoolean("processing.exception.handler.global.enabled"))
        .isTrue();
    assertThat(settings.getProducerConfigs("gate"))
        .containsEntry("linger.ms", 5L)
        .containsEntry("transaction.timeout.ms", 10_000);
    assertThat(settings.getMainConsumerConfigs("gate", "gate", 0))
        .containsEntry("session.timeout.ms", "20000")
        .containsEntry("isolation.level", "read_committed");
  }

  @ParameterizedTest
  @CsvSource({"100, 10000", "1000, 10000", "1001, 10010", "60000, 600000"})
  void streams_commitInterval_staysFarBelowTheTransactionTimeout(String commitMs, int timeoutMs) {
    assertThat(new StreamsConfig(KafkaSettings.streams(with("commitMs", commitMs)))
            .getProducerConfigs("gate"))
        .containsEntry("transaction.timeout.ms", timeoutMs);
  }
}
