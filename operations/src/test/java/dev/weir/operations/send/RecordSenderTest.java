package dev.weir.operations.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.gating.decision.Position;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class RecordSenderTest {
  private final Cluster cluster;

  RecordSenderTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Map<Position, ConsumerRecord<byte[], byte[]>> found(TopicNames names) {
    TopicReader reader = new TopicReader(cluster);
    Map<Position, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
    reader.read(
        reader.spans(List.of(names.records()), TopicReader.End.COMMITTED),
        record ->
            records.put(new Position(record.topic(), record.partition(), record.offset()), record));
    return records;
  }

  @Test
  void send_allForms_haveTheirKeysAndHeaders() {
    TopicNames names = new TopicNames("send", "p");
    new Topics(cluster, names).make(new TopicSizes(3, 1));
    List<Position> sent;
    try (RecordSender sender = new RecordSender(cluster, names, Double.POSITIVE_INFINITY)) {
      sent = sender.send(List.of(
          OutgoingBatch.whole("a", List.of(bytes("a0"), bytes("a1"))),
          OutgoingBatch.marked("b", List.of(bytes("b0"))),
          OutgoingBatch.alone(List.of(bytes("c0")))));
    }

    Map<Position, ConsumerRecord<byte[], byte[]>> found = found(names);
    assertThat(sent).hasSize(5);
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(sent);
    var first = found.get(sent.get(0));
    assertThat(text(first.key())).isEqualTo("a");
    assertThat(text(first.value())).isEqualTo("a0");
    assertThat(Headers.number(first.headers().lastHeader(Headers.BATCH_SIZE).value()))
        .hasValue(2);
    assertThat(sent.get(1).partition()).isEqualTo(sent.get(0).partition());
    assertThat(sent.get(1).offset()).isGreaterThan(sent.get(0).offset());
    assertThat(found.get(sent.get(2)).headers()).isEmpty();
    var marker = found.get(sent.get(3));
    assertThat(text(marker.key())).isEqualTo("b");
    assertThat(marker.value()).isNull();
    assertThat(marker.headers().lastHeader(Headers.BATCH_END)).isNotNull();
    var alone = found.get(sent.get(4));
    assertThat(alone.key()).isNull();
    assertThat(alone.headers()).isEmpty();
  }

  @Test
  void batch_withoutNameButSizeOrEnd_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OutgoingBatch(Optional.empty(), OptionalInt.of(1), List.of(), false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OutgoingBatch(Optional.empty(), OptionalInt.empty(), List.of(), true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OutgoingBatch(Optional.of("a"), OptionalInt.of(0), List.of(), false));
  }
}
