package dev.weir.topology.collect;

import dev.weir.gating.decision.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The open batches of one partition, in the task's stores. */
final class OpenBatches {
  private final KeyValueStore<Bytes, byte[]> records;
  private final KeyValueStore<String, byte[]> batches;
  private final int partition;

  OpenBatches(ProcessingContext context) {
    this.records = CollectStores.records(context);
    this.batches = CollectStores.batches(context);
    this.partition = context.taskId().partition();
  }

  int partition() {
    return partition;
  }

  /** The open batch of a record that has one; a record alone touches no store. */
  Optional<BatchState> find(RecordFacts record) {
    if (record.isAlone()) {
      return Optional.empty();
    }
    return Optional.ofNullable(batches.get(record.batch()))
        .map(value -> BatchStateFormat.read(record.batch(), value));
  }

  List<BatchState> all() {
    List<BatchState> all = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries = batches.all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        all.add(BatchStateFormat.read(entry.key, entry.value));
      }
    }
    return all;
  }

  /** Writes what a step says; the batch, if it closes. */
  Optional<ClosedBatch> apply(Step step, Received record) {
    if (step.batch().isEmpty()) {
      return Optional.empty();
    }
    BatchState batch = step.batch().get();
    List<Received> joining = step.isMember() ? List.of(record) : List.of();
    if (step.closing().isPresent()) {
      return Optional.of(close(batch, step.closing().get(), joining));
    }
    records.put(ReceivedFormat.key(batch.id(), record.offset()), ReceivedFormat.value(record));
    batches.put(batch.id(), BatchStateFormat.value(batch));
    return Optional.empty();
  }

  /** Takes a batch out of the stores. */
  ClosedBatch close(Collector.Closing closing) {
    return close(closing.batch(), closing.reason(), List.of());
  }

  private ClosedBatch close(BatchState batch, CloseReason reason, List<Received> joining) {
    List<Received> members = new ArrayList<>();
    if (batch.count() > joining.size()) {
      members.addAll(drain(batch));
    }
    members.addAll(joining);
    if (members.size() != batch.count()) {
      throw new AssertionError("batch %s has %d records in its header and %d in the store"
          .formatted(batch.id(), batch.count(), members.size()));
    }
    return new ClosedBatch(batch.id(), batch.part(), reason, partition, members, batch.latest());
  }

  private List<Received> drain(BatchState batch) {
    Bytes from = ReceivedFormat.key(batch.id(), batch.part());
    Bytes to = ReceivedFormat.key(batch.id(), Long.MAX_VALUE);
    List<Received> members = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = records.range(from, to)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        members.add(ReceivedFormat.read(batch.id(), entry.key, entry.value));
      }
    }
    members.forEach(member -> records.delete(ReceivedFormat.key(batch.id(), member.offset())));
    batches.delete(batch.id());
    return members;
  }
}
