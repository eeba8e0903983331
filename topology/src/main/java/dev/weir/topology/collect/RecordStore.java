package dev.weir.topology.collect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The buffered records of one partition's open batches: all that is written of them. */
final class RecordStore {
  private final KeyValueStore<Bytes, byte[]> store;
  private final int partition;

  RecordStore(KeyValueStore<Bytes, byte[]> store, int partition) {
    this.store = store;
    this.partition = partition;
  }

  /** The headers of the batches whose records were restored; their idle time and age begin now. */
  OpenBatches restored(long now) {
    Map<String, BatchState> batches = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        Received received = ReceivedFormat.read(entry.key, entry.value);
        RecordFacts facts = RecordFacts.of(received, partition);
        batches.merge(
            facts.batch(),
            BatchState.opened(facts, now),
            (before, unused) -> before.with(facts, now));
        last.put(facts.batch(), facts.offset());
      }
    }
    OpenBatches open = new OpenBatches();
    batches.values().stream().sorted(Comparator.comparingLong(BatchState::part)).forEach(open::put);
    batches.values().stream()
        .sorted(Comparator.comparing(batch -> last.get(batch.id())))
        .forEach(open::put);
    return open;
  }

  void put(BatchState batch, Received record) {
    store.put(ReceivedFormat.key(batch.id(), record.offset()), ReceivedFormat.value(record));
  }

  /**
   * Takes a batch out.
   *
   * @param joining its last records, which were not put
   */
  ClosedBatch close(Collector.Closing closing, List<Received> joining) {
    BatchState batch = closing.batch();
    List<Received> members = new ArrayList<>(batch.count());
    if (batch.count() > joining.size()) {
      drain(batch, members);
    }
    members.addAll(joining);
    if (members.size() != batch.count()) {
      throw new AssertionError(String.format(
          Locale.ROOT,
          "batch %s has %d records in its header and %d in the store",
          batch.id(),
          batch.count(),
          members.size()));
    }
    return new ClosedBatch(
        batch.id(),
        batch.part(),
        closing.reason(),
        partition,
        members,
        batch.latest(),
        batch.conflict());
  }

  private void drain(BatchState batch, List<Received> members) {
    List<Bytes> keys = new ArrayList<>(batch.count());
    Bytes from = ReceivedFormat.key(batch.id(), batch.part());
    Bytes to = ReceivedFormat.key(batch.id(), Long.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        members.add(ReceivedFormat.read(entry.key, entry.value));
        keys.add(entry.key);
      }
    }
    keys.forEach(store::delete);
  }
}
