package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OpenRecordsTest {
  private static Set<ObjectName> consumers() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("kafka.consumer:type=app-info,id=nobody-*"), null);
  }

  @Test
  void open_noBrokerAnswers_leavesNoConsumerBehind() throws Exception {
    assertThatThrownBy(() -> new OpenRecords(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:1",
                ConsumerConfig.CLIENT_ID_CONFIG,
                "nobody-there"),
            "changelog",
            Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);

    assertThat(consumers()).isEmpty();
  }
}
