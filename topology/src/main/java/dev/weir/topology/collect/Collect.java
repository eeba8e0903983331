package dev.weir.topology.collect;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Collecting as a step of a topology: raw records into batches, with the stores that it needs. */
public record Collect(CollectLimits limits, Surroundings around)
    implements ProcessorSupplier<byte[], byte[], String, Collected> {
  /**
   * What collecting asks of others.
   *
   * @param ids makes what finds them for each task that dedupes
   * @param counts what is open in all tasks
   */
  public record Surroundings(Unread unread, Supplier<RecordIds> ids, OpenCounts counts) {
    /** Of a gate that nobody watches and that dedupes nothing, as in a test driver. */
    public static Surroundings none() {
      return new Surroundings(Unread.NOTHING, () -> RecordIds.NONE, new OpenCounts());
    }
  }

  @Override
  public Processor<byte[], byte[], String, Collected> get() {
    return new CollectProcessor(limits, around);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return CollectStores.builders(limits);
  }
}
