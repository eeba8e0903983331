package dev.weir.topology.decide;

import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.registry.RegistryOutage;
import dev.weir.schemas.wire.Payload;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.collect.RawHeader;
import dev.weir.topology.collect.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Reads what of a batch a registry is needed for, before it is decided: deciding asks nobody. */
final class BatchReader {
  private final String topic;
  private final Supplier<PayloadReader> readers;

  /** @param readers gives the reader of the thread that asks */
  BatchReader(String topic, Supplier<PayloadReader> readers) {
    this.topic = topic;
    this.readers = readers;
  }

  /**
   * The payloads of a batch's records, in their order.
   *
   * @throws RegistryOutage if one of them cannot be told now, or all of them take longer than the
   *     reader's patience: a transaction is open meanwhile
   */
  List<Payload> read(Collected collected) {
    return collected instanceof ClosedBatch closed ? readAll(closed) : List.of();
  }

  private List<Payload> readAll(ClosedBatch closed) {
    PayloadReader reader = readers.get();
    long start = System.nanoTime();
    long nanosMax = reader.patience().toNanos();
    List<Payload> payloads = new ArrayList<>(closed.records().size());
    for (Received record : closed.records()) {
      if (System.nanoTime() - start > nanosMax) {
        throw new RegistryOutage(String.format(
            Locale.ROOT,
            "the schema registry is too slow: %d of %d records of batch %s took more than %d ms",
            payloads.size(),
            closed.records().size(),
            closed.id(),
            reader.patience().toMillis()));
      }
      payloads.add(read(record, reader));
    }
    return payloads;
  }

  /** The payload of one record, likewise. */
  Payload read(Received record) {
    return read(record, readers.get());
  }

  private Payload read(Received record, PayloadReader reader) {
    if (ClosedBatch.problem(record).isPresent()) {
      return new Payload.Plain(record.value());
    }
    RecordHeaders headers = new RecordHeaders();
    for (RawHeader header : record.headers()) {
      headers.add(header.name(), header.value());
    }
    return reader.read(topic, headers, record.value());
  }
}
