package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchProgressTest {
  private static final TopicPartition SOURCE = new TopicPartition("records", 1);

  private final FetchProgress progress = new FetchProgress("records");
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @BeforeEach
  void assign() {
    consumer.assign(List.of(SOURCE));
    consumer.updateBeginningOffsets(Map.of(SOURCE, 0L));
  }

  private void poll(long end, long... offsets) {
    consumer.updateEndOffsets(Map.of(SOURCE, end));
    for (long offset : offsets) {
      consumer.addRecord(new ConsumerRecord<>("records", 1, offset, null, null));
    }
    progress.polled(consumer, consumer.poll(Duration.ZERO));
  }

  @Test
  void isBeyond_nothingKnown_mayBe() {
    assertThat(progress.isBeyond(1, 7)).isTrue();
  }

  @Test
  void isBeyond_handedOverAndNotHad_is() {
    poll(3, 0, 1, 2);

    assertThat(progress.isBeyond(1, 1)).isTrue();
    assertThat(progress.isBeyond(1, 2)).isFalse();
    poll(3);
    assertThat(progress.isBeyond(1, 1)).isTrue();
  }

  @Test
  void isBeyond_brokerHasMore_is() {
    poll(4, 0, 1, 2);

    assertThat(progress.isBeyond(1, 2)).isTrue();
  }

  @Test
  void isBeyond_emptyPartition_isNot() {
    poll(0);

    assertThat(progress.isBeyond(1, -1)).isFalse();
  }

  @Test
  void isBeyond_assignedAnew_whatWasHandedOverBeforeDoesNotCount() {
    poll(3, 0, 1, 2);
    progress.assigned(1);

    assertThat(progress.isBeyond(1, 0)).isTrue();
    poll(3);
    assertThat(progress.isBeyond(1, 0)).isFalse();
  }
}
