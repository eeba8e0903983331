package dev.weir.operations.send;

import dev.weir.gating.decision.Position;
import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends records with the headers that tell the gate its batches, at a bounded rate. */
public final class RecordSender implements AutoCloseable {
  private static final byte[] NO_VALUE = {};

  private final Producer<byte[], byte[]> writer;
  private final String topic;
  private final double perSecond;

  /** @param perSecond records a second at most, markers included; infinity for no bound */
  public RecordSender(Cluster cluster, TopicNames names, double perSecond) {
    Pace.of(perSecond);
    this.writer = cluster.writer();
    this.topic = names.records();
    this.perSecond = perSecond;
  }

  /**
   * Sends batches one after the other and waits until all are acknowledged.
   *
   * @return where each record and marker went, in the order sent
   * @throws IllegalStateException if one is not acknowledged; the ones before it are sent
   */
  public List<Position> send(Iterable<OutgoingBatch> batches) {
    Pace pace = Pace.of(perSecond);
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (OutgoingBatch batch : batches) {
      byte @Nullable [] key =
          batch.id().map(id -> id.getBytes(StandardCharsets.UTF_8)).orElse(null);
      for (byte[] value : batch.records()) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        batch
            .size()
            .ifPresent(size -> record.headers().add(Headers.BATCH_SIZE, Headers.value(size)));
        pace.step();
        answers.add(writer.send(record));
      }
      if (batch.isEnded()) {
        ProducerRecord<byte[], byte[]> marker = new ProducerRecord<>(topic, key, null);
        marker.headers().add(Headers.BATCH_END, NO_VALUE);
        pace.step();
        answers.add(writer.send(marker));
      }
    }
    writer.flush();
    List<Position> sent = new ArrayList<>();
    for (Future<RecordMetadata> answer : answers) {
      RecordMetadata place = Cluster.await(answer, "sending record " + sent.size());
      sent.add(new Position(place.topic(), place.partition(), place.offset()));
    }
    return sent;
  }

  @Override
  public void close() {
    writer.close();
  }
}
