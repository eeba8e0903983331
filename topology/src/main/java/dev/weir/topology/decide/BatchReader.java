package dev.weir.topology.decide;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.Payload;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.collect.RawHeader;
import dev.weir.topology.collect.Received;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Reads what of a batch a registry is needed for, before it is decided: deciding asks nobody. */
final class BatchReader implements AutoCloseable {
  private final String topic;
  private final PayloadReader reader;

  BatchReader(String topic, PayloadReader reader) {
    this.topic = topic;
    this.reader = reader;
  }

  /**
   * The payloads of a batch's records, in their order.
   *
   * @throws dev.weir.schemas.registry.RegistryOutage if one of them cannot be told now
   */
  List<Payload> read(Collected collected) {
    return collected instanceof ClosedBatch closed
        ? closed.records().stream().map(this::read).toList()
        : List.of();
  }

  /** The payload of one record, likewise. */
  Payload read(Received record) {
    if (ClosedBatch.problem(record).isPresent()) {
      return new Payload.Plain(record.value());
    }
    RecordHeaders headers = new RecordHeaders();
    for (RawHeader header : record.headers()) {
      headers.add(header.name(), header.value());
    }
    return reader.read(topic, headers, record.value());
  }

  @Override
  public void close() {
    reader.close();
  }
}
