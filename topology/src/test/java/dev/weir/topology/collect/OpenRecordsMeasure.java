package dev.weir.topology.collect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What open records cost, measured by hand and quoted in RATIONALE.md: {@code java -Xmx2g -cp
 * TEST-CLASS-PATH dev.weir.topology.collect.OpenRecordsMeasure}.
 */
final class OpenRecordsMeasure {
  private static final int RECORDS = 200_000;
  private static final int VALUE_BYTES = 300;
  private static final int TICKS = 20_000;

  private OpenRecordsMeasure() {}

  public static void main(String[] arguments) {
    for (int batches : List.of(10_000, 100_000)) {
      measure(batches);
    }
  }

  private static void measure(int batches) {
    long before = used();
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("open").get();
    RecordStore records = new RecordStore(store, 0);
    OpenBatches open = new OpenBatches();
    Collector collector = new Collector(CollectLimits.DEFAULTS);
    for (int i = 0; i < RECORDS; i++) {
      Received received = received(i, "flight-" + i % batches);
      RecordFacts facts = RecordFacts.of(received, 0);
      BatchState batch =
          collector.add(open.find(facts.batch()), facts, 0).batch().orElseThrow();
      records.put(batch, received);
      open.put(batch);
    }
    double heap = used() - before;
    double overhead = (heap - bytes(open)) / RECORDS;
    long start = System.nanoTime();
    OpenBatches folded = records.restored(0);
    double foldMs = (System.nanoTime() - start) / 1e6;
    start = System.nanoTime();
    long closed = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      closed += collector.expire(folded, tick % 1_000, false).size();
    }
    double tickNanos = (System.nanoTime() - start) / (double) TICKS;
    System.out.printf(
        Locale.ROOT,
        "%d open batches, %d records of %d bytes: %.0f bytes of heap a record beside its own;"
            + " folding %.0f ms (%.0f MB); a tick that closes %d takes %.0f ns%n",
        folded.size(),
        RECORDS,
        VALUE_BYTES,
        overhead,
        foldMs,
        bytes(folded) / 1e6,
        closed,
        tickNanos);
  }

  private static double bytes(OpenBatches open) {
    return open.bytes() - (double) RECORDS * CollectLimits.Open.RECORD_OVERHEAD_BYTES;
  }

  private static Received received(int offset, String batch) {
    byte[] value = new byte[VALUE_BYTES];
    return new Received(offset, offset, batch.getBytes(StandardCharsets.UTF_8), value, List.of());
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
