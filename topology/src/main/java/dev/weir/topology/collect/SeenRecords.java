package dev.weir.topology.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last record ids of a partition by batch, in a changelogged store: one access a record, and one
 * more to forget the eldest when so many are remembered. For one thread.
 *
 * <p>Key: batch id (none for a batch of one), 0xFF, record id. Value: offset (8 bytes).
 */
final class SeenRecords {
  private static final byte SEPARATOR = (byte) 0xFF;

  private final KeyValueStore<Bytes, byte[]> store;
  private final int recordsMax;
  private final Deque<Bytes> eldestFirst;

  SeenRecords(KeyValueStore<Bytes, byte[]> store, int recordsMax) {
    this.store = store;
    this.recordsMax = recordsMax;
    this.eldestFirst = eldestFirst(store);
  }

  private static Deque<Bytes> eldestFirst(KeyValueStore<Bytes, byte[]> store) {
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entries::add);
    }
    Deque<Bytes> keys = new ArrayDeque<>();
    entries.stream()
        .sorted(Comparator.comparingLong(entry -> offset(entry.value)))
        .forEach(entry -> keys.add(entry.key));
    return keys;
  }

  /** Remembers a record; the offset of the one that was seen before it, if one was. */
  OptionalLong see(RecordFacts record, String id) {
    Bytes key = key(record.isAlone() ? "" : record.batch(), id);
    byte[] before = store.putIfAbsent(
        key, ByteBuffer.allocate(Long.BYTES).putLong(record.offset()).array());
    if (before != null) {
      return OptionalLong.of(offset(before));
    }
    eldestFirst.add(key);
    if (eldestFirst.size() > recordsMax) {
      store.delete(eldestFirst.remove());
    }
    return OptionalLong.empty();
  }

  private static long offset(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  private static Bytes key(String batch, String id) {
    byte[] first = batch.getBytes(StandardCharsets.UTF_8);
    byte[] second = id.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(first.length + 1 + second.length)
        .put(first)
        .put(SEPARATOR)
        .put(second)
        .array());
  }
}
