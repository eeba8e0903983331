package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends with room, so that sending never waits for the broker's answer. */
final class Writer implements AutoCloseable {
  private static final long BUFFER_BYTES = 128L << 20;
  private static final int BATCH_BYTES = 64 << 10;

  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Writer(Cluster cluster) {
    Map<String, Object> settings = new HashMap<>(cluster.properties());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    this.producer = new Cluster(settings).writer();
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused = producer.send(record, (place, failed) -> {
      if (failed != null) {
        failure.compareAndSet(null, failed);
      }
    });
  }

  /**
   * Waits for every acknowledgement.
   *
   * @throws IllegalStateException if a record was not acknowledged
   */
  @Override
  public void close() {
    producer.close();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a record was not acknowledged", failed);
    }
  }
}
