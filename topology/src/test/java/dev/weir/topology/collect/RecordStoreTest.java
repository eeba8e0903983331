package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CloseReason;
import dev.weir.schemas.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class RecordStoreTest {
  private static final Collector COLLECTOR = new Collector(CollectLimits.DEFAULTS);

  private final KeyValueStore<Bytes, byte[]> store =
      Stores.inMemoryKeyValueStore("open").get();
  private final RecordStore records = new RecordStore(store, 3);
  private final OpenBatches open = new OpenBatches();

  private static Received received(long offset, String batch, String size) {
    List<RawHeader> headers = size.isEmpty()
        ? List.of()
        : List.of(new RawHeader(Headers.BATCH_SIZE, size.getBytes(StandardCharsets.UTF_8)));
    byte[] value = ("value " + offset).getBytes(StandardCharsets.UTF_8);
    return new Received(
        offset, 1_000 - offset, batch.getBytes(StandardCharsets.UTF_8), value, headers);
  }

  private void take(Received received) {
    RecordFacts facts = RecordFacts.of(received, 3);
    BatchState batch = COLLECTOR.add(open.find(facts.batch()), facts, 0).batch().orElseThrow();
    records.put(batch, received);
    open.put(batch);
  }

  @Test
  void restored_interleavedBatches_haveTheHeadersTheyHad() {
    take(received(5, "b", ""));
    take(received(6, "a", "9"));
    take(received(7, "ab", ""));
    take(received(8, "b", "7"));
    take(received(9, "a", "8"));

    OpenBatches restored = records.restored(0);

    assertThat(restored.oldestFirst()).containsExactlyElementsOf(open.oldestFirst());
    assertThat(restored.idlestFirst()).containsExactlyElementsOf(open.idlestFirst());
    assertThat(restored.bytes()).isEqualTo(open.bytes());
    assertThat(restored.find("a").orElseThrow().conflict())
        .isEqualTo(Optional.of(new SizeConflict(9, 8, 9)));
  }

  @Test
  void close_batch_takesItsRecordsAndLeavesOthers() {
    take(received(5, "b", ""));
    take(received(6, "a", ""));
    take(received(7, "b", ""));

    ClosedBatch closed = records.close(
        new Collector.Closing(open.find("b").orElseThrow(), CloseReason.IDLE), List.of());

    assertThat(closed.records().stream().map(Received::offset)).containsExactly(5L, 7L);
    assertThat(closed.part()).isEqualTo(5);
    assertThat(closed.partition()).isEqualTo(3);
    assertThat(store.approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void seen_restored_remembersInTheOrderOfOffsets() {
    SeenRecords seen = new SeenRecords(store, 2);
    RecordFacts first = RecordFacts.of(received(1, "z", ""), 3);
    RecordFacts second = RecordFacts.of(received(2, "a", ""), 3);
    assertThat(seen.see(first, "id")).isEmpty();
    assertThat(seen.see(second, "id")).isEmpty();

    SeenRecords restored = new SeenRecords(store, 2);
    assertThat(restored.see(RecordFacts.of(received(3, "a", ""), 3), "id")).hasValue(2);
    assertThat(restored.see(RecordFacts.of(received(4, "a", ""), 3), "other")).isEmpty();

    assertThat(store.approximateNumEntries()).isEqualTo(2);
    assertThat(restored.see(first, "id")).isEmpty();
  }
}
